Attribute VB_Name = "Marks"
Option Explicit
' Marked cells. A mark is a colour and a note, both or neither, and is known by its note: that begins with one sign,
' and ends with another and three numbers: the colour the cell had, the colour it was given, the length of what is
' said. So it is found again wherever its cell went, whether the list of findings is still there or not.

Private Const NO_COLOUR As Long = -1
Private Const NO_FILL As Long = -4142
Private Const WITH_NOTES As Long = -4144
Private Const IS_VISIBLE As Long = -1
' A longer text in the status bar is an error.
Private Const STATUS_LENGTH As Long = 250

' A cell with a note of hers and one that is protected keep their looks; the finding is in the list all the same.
Public Sub MarkPlace(ByVal cell As Object, ByVal colour As Long, ByVal note As String)
    Dim own As Long
    If Not cell.Comment Is Nothing Then Exit Sub
    own = NO_COLOUR
    If cell.Interior.ColorIndex <> NO_FILL Then own = cell.Interior.Color
    On Error GoTo Hers
    cell.AddComment note & Said("say_mark_ends") & CStr(own) & " " & CStr(colour) & " " & CStr(Len(note))
    cell.Interior.Color = colour
    Exit Sub
Hers:
End Sub

' Takes every mark away; the names of the protected sheets with notes, where nothing can be taken away.
Public Function RestoreMarked() As String
    Dim sheet As Object
    For Each sheet In ThisWorkbook.Worksheets
        If IsShut(sheet) Then
            RestoreMarked = RestoreMarked & " " & sheet.Name
        Else
            RestoreSheet sheet
        End If
    Next sheet
    RestoreMarked = Mid(RestoreMarked, 2)
End Function

Private Function IsShut(ByVal sheet As Object) As Boolean
    On Error Resume Next
    If sheet.ProtectContents Then IsShut = sheet.Comments.Count > 0
End Function

Private Sub RestoreSheet(ByVal sheet As Object)
    Dim found As Object, area As Object, cell As Object
    On Error Resume Next
    ' an error where there are none
    Set found = sheet.Cells.SpecialCells(WITH_NOTES)
    On Error GoTo 0
    If found Is Nothing Then Exit Sub
    For Each area In found.Areas
        For Each cell In area.Cells
            RestoreCell cell
        Next cell
    Next area
End Sub

Private Sub RestoreCell(ByVal cell As Object)
    Dim text As String, ending As String, cut As Long, numbers As Variant
    On Error GoTo Hers
    text = cell.Comment.Text
    ending = Said("say_mark_ends")
    cut = InStrRev(text, ending)
    If Left(text, Len(Said("say_mark_begins"))) <> Said("say_mark_begins") Or cut = 0 Then Exit Sub
    numbers = Split(Mid(text, cut + Len(ending)), " ")
    If cell.Interior.Color = CLng(Val(numbers(1))) Then GiveBack cell, CLng(Val(numbers(0)))
    ' a note she wrote into is hers
    If Mid(text, cut + Len(ending)) = numbers(0) & " " & numbers(1) & " " & CStr(cut - 1) Then cell.Comment.Delete
    Exit Sub
Hers:
End Sub

Private Sub GiveBack(ByVal cell As Object, ByVal own As Long)
    If own = NO_COLOUR Then
        cell.Interior.ColorIndex = NO_FILL
    Else
        cell.Interior.Color = own
    End If
End Sub

' The cell a formula like ='sheet'!$A$1 refers to; Nothing where it is gone.
Private Function Referred(ByVal formula As String) As Object
    Dim cut As Long, name As String
    On Error Resume Next
    cut = InStrRev(formula, "!")
    name = Mid(formula, 2, cut - 2)
    If Left(name, 1) = "'" Then name = Replace(Mid(name, 2, Len(name) - 2), "''", "'")
    Set Referred = ThisWorkbook.Worksheets(name).Range(Mid(formula, cut + 1))
End Function

Public Sub GoToNextFinding()
    Dim memory As Object, position As Object, cell As Object, tried As Long
    On Error GoTo Failed
    PutBack
    Set memory = NamedRange("schoollib_findings")
    Set position = NamedRange("schoollib_position")
    If memory Is Nothing Or position Is Nothing Then
        Tell Said("say_check_first")
        Exit Sub
    End If
    For tried = 1 To memory.Rows.Count
        position.Value = Val(CStr(position.Value)) Mod memory.Rows.Count + 1
        Set cell = Referred(memory.Cells(position.Value, 1).Formula)
        If Not cell Is Nothing Then
            GoToCell cell, CStr(memory.Cells(position.Value, 2).Value)
            Exit Sub
        End If
    Next tried
    Tell Said("say_no_findings")
    Exit Sub
Failed:
    Tell Said("say_failed") & CStr(Err.Number) & " " & Err.Description
End Sub

Private Sub GoToCell(ByVal cell As Object, ByVal told As String)
    If cell.Worksheet.Visible <> IS_VISIBLE Then
        Tell Said("say_hidden_sheet") & cell.Worksheet.Name & "!" & cell.Address(False, False)
        Exit Sub
    End If
    cell.Worksheet.Activate
    cell.Select
    Application.StatusBar = Left(told, STATUS_LENGTH)
    If cell.EntireRow.Hidden Then Tell Said("say_hidden_row") & cell.Worksheet.Name & "!" & cell.Address(False, False)
End Sub
