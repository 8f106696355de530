Attribute VB_Name = "Buttons"
Option Explicit
' One Public Sub for each button, called after it. What a button does is decided in Python; only walking through
' the findings and taking the marks away need nothing but Excel.

Public Sub CheckLedgers()
    Press "CheckLedgers", ""
End Sub

Public Sub NextFinding()
    GoToNextFinding
End Sub

Public Sub ClearMarks()
    Dim shut As String
    On Error GoTo Failed
    PutBack
    shut = RestoreMarked()
    If Len(shut) > 0 Then Tell Said("say_protected") & shut
    Exit Sub
Failed:
    Tell Said("say_failed") & CStr(Err.Number) & " " & Err.Description
End Sub

Public Sub Quotas()
    Press "Quotas", ""
End Sub

Public Sub AskReader()
    Dim number As String
    ' the cell she is in, unless another workbook is in front
    If ActiveCell.Worksheet.Parent.Name = ThisWorkbook.Name Then number = Trim(ActiveCell.Text)
    If Not IsReader(number) Then number = Trim(InputBox(Said("say_ask_reader"), Said("say_title"), number))
    If Len(number) > 0 Then Press "AskReader", number
End Sub

' Whether the cell she is in holds a reader's number, so that none need be asked for.
Private Function IsReader(ByVal number As String) As Boolean
    Dim readers As Object
    Set readers = NamedRange("schoollib_readers")
    If Len(number) = 0 Or readers Is Nothing Then Exit Function
    IsReader = Application.WorksheetFunction.CountIf(readers, number) > 0
End Function

Public Sub WritePlan()
    PressOnDay "WritePlan", "schoollib_term_starts"
End Sub

Public Sub WriteSummary()
    PressOnDay "WriteSummary", "schoollib_cut_off"
End Sub

Public Sub WriteNotices()
    PressOnDay "WriteNotices", "schoollib_cut_off"
End Sub

' A paper bears a day and is about what was so on it; the one that the workbook says is proposed.
Private Sub PressOnDay(ByVal button As String, ByVal proposed As String)
    Dim day As String
    day = Environ("SCHOOLLIB_DAY")
    If Len(day) = 0 Then day = Trim(InputBox(Said("say_ask_day"), Said("say_title"), DayIn(proposed)))
    If Len(day) > 0 Then Press button, day
End Sub

' The day in a named cell; today where there is none.
Private Function DayIn(ByVal name As String) As String
    Dim cell As Object
    Set cell = NamedRange(name)
    DayIn = Format(Now, "yyyy-mm-dd")
    If cell Is Nothing Then Exit Function
    If IsDate(cell.Value) Then DayIn = Format(cell.Value, "yyyy-mm-dd")
End Function

Public Sub RotationTable()
    Press "RotationTable", ""
End Sub

Public Sub About()
    Press "About", ""
End Sub

Public Sub DeskAsk()
Attribute DeskAsk.VB_ProcData.VB_Invoke_Func = "Q\n14"
    Press "DeskAsk", ""
End Sub

Public Sub DeskConfirm()
Attribute DeskConfirm.VB_ProcData.VB_Invoke_Func = "W\n14"
    Press "DeskConfirm", ""
End Sub

Public Sub DeskUndo()
Attribute DeskUndo.VB_ProcData.VB_Invoke_Func = "Z\n14"
    Press "DeskUndo", ""
End Sub

Public Sub DeskTakeOver()
    Press "DeskTakeOver", ""
End Sub

' Every button of the ribbon calls this; its id is the name of its Sub.
Public Sub PressFromRibbon(control As Object)
    Application.Run "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!Buttons." & control.ID
End Sub
