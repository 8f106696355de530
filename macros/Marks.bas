Attribute VB_Name = "Marks"
Option Explicit
' Marked cells. Each line of the range schoollib_findings is a marked cell: a formula that refers to it and so
' follows it when rows move, the colour it had, and the note it was given.

Private Const NO_COLOUR As Long = -1

Public Sub MarkPlace(ByVal cell As Object, ByVal colour As Long, ByVal note As String, ByVal entry As Long)
    Dim memory As Object
    Set memory = NamedRange("schoollib_findings")
    On Error GoTo Protected
    If cell.Interior.ColorIndex < 0 Then
        memory.Cells(entry, 2).Value = NO_COLOUR
    Else
        memory.Cells(entry, 2).Value = cell.Interior.Color
    End If
    cell.Interior.Color = colour
    If cell.Comment Is Nothing Then
        cell.AddComment note
        memory.Cells(entry, 3).Value = note
    End If
    Exit Sub
Protected:
    ' a protected sheet keeps its looks; the finding is in the list all the same
    memory.Cells(entry, 2).ClearContents
End Sub

Public Sub RestoreMarked()
    Dim memory As Object, entry As Long
    Set memory = NamedRange("schoollib_findings")
    If memory Is Nothing Then Exit Sub
    ' backwards, since a cell that was marked twice had its own colour the first time
    For entry = memory.Rows.Count To 1 Step -1
        If Len(CStr(memory.Cells(entry, 2).Value)) > 0 Then RestoreOne memory, entry
    Next entry
End Sub

Private Sub RestoreOne(ByVal memory As Object, ByVal entry As Long)
    Dim cell As Object
    Set cell = Referred(memory.Cells(entry, 1).Formula)
    On Error GoTo Protected
    If Not cell Is Nothing Then
        If memory.Cells(entry, 2).Value = NO_COLOUR Then
            cell.Interior.ColorIndex = -4142
        Else
            cell.Interior.Color = memory.Cells(entry, 2).Value
        End If
        If Not cell.Comment Is Nothing Then
            If cell.Comment.Text = CStr(memory.Cells(entry, 3).Value) Then cell.Comment.Delete
        End If
    End If
    memory.Cells(entry, 2).Value = ""
    memory.Cells(entry, 3).Value = ""
    Exit Sub
Protected:
    ' still remembered, for when the protection is off
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
    Set memory = NamedRange("schoollib_findings")
    Set position = NamedRange("schoollib_position")
    If memory Is Nothing Or position Is Nothing Then
        Tell Said("say_check_first")
        Exit Sub
    End If
    For tried = 1 To memory.Rows.Count
        position.Value = position.Value Mod memory.Rows.Count + 1
        Set cell = Referred(memory.Cells(position.Value, 1).Formula)
        If Not cell Is Nothing Then
            cell.Worksheet.Activate
            cell.Select
            Application.StatusBar = CStr(memory.Cells(position.Value, 4).Value)
            Exit Sub
        End If
    Next tried
    Tell Said("say_no_findings")
End Sub
