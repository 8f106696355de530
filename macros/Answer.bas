Attribute VB_Name = "Answer"
Option Explicit
' Does what an answer says: one step a line, words parted by tabs, ASCII with \uXXXX for everything else.

Private Const IS_VISIBLE As Long = -1
Private Const A4 As Long = 9
Private Const LANDSCAPE As Long = 2
Private Const AT_TOP As Long = -4160

Private currentStep As String

' The step that was begun last, to say where something failed.
Public Function LastStep() As String
    LastStep = currentStep
End Function

Public Function WantsCopy(ByVal path As String) As Boolean
    Dim number As Integer, words As String
    number = FreeFile
    Open path For Input As #number
    If Not EOF(number) Then Line Input #number, words
    Close #number
    WantsCopy = (words = "copy")
End Function

' Performs every step; what is to be said comes back. The file is read and closed before anything is done.
Public Function Perform(ByVal path As String) As String
    Dim one As Variant
    Application.ScreenUpdating = False
    For Each one In StepsIn(path)
        Perform = Perform & Done(Split(one, Chr(9)))
    Next one
    Application.ScreenUpdating = True
End Function

Private Function StepsIn(ByVal path As String) As Collection
    Dim number As Integer, words As String, found As Collection
    Set found = New Collection
    number = FreeFile
    Open path For Input As #number
    Do While Not EOF(number)
        Line Input #number, words
        If Len(words) > 0 Then found.Add words
    Loop
    Close #number
    Set StepsIn = found
End Function

Private Function Done(ByVal words As Variant) As String
    currentStep = words(0)
    Select Case words(0)
        Case "say"
            Done = Unescaped(words(1))
        Case "unmark"
            RestoreMarked
        Case "sheet"
            EmptySheet Unescaped(words(1))
        Case "name"
            NamePlace words(1), Place(words(2), words(3))
        Case "show"
            ShowPlace Place(words(1), words(2))
        Case "row"
            WriteRow words
        Case "width"
            SetWidth Place(words(1), words(2)), Val(words(3))
        Case "look"
            SetLook Place(words(1), words(2)), words(3) = "1", CLng(words(4)), CLng(words(5)), words(6) = "1"
        Case "mark"
            MarkPlace Place(words(1), words(2)), CLng(words(3)), Unescaped(words(4))
        Case "page"
            SetPage Place(words(1), words(2))
        Case "table"
            ExtendTable Unescaped(words(1)), CLng(words(2))
    End Select
End Function

Public Function Place(ByVal sheetName As String, ByVal address As String) As Object
    Set Place = ThisWorkbook.Worksheets(Unescaped(sheetName)).Range(address)
End Function

Private Sub EmptySheet(ByVal name As String)
    Dim sheet As Object
    On Error Resume Next
    Set sheet = ThisWorkbook.Worksheets(name)
    On Error GoTo 0
    If sheet Is Nothing Then
        Set sheet = ThisWorkbook.Worksheets.Add(, ThisWorkbook.Sheets(1))
        sheet.Name = name
    Else
        LiftFilter sheet
        sheet.Cells.Clear
    End If
End Sub

' What is written over rows that a filter hides would land in the wrong ones.
Private Sub LiftFilter(ByVal sheet As Object)
    On Error Resume Next
    If sheet.AutoFilterMode Then sheet.AutoFilterMode = False
    sheet.Cells.EntireRow.Hidden = False
End Sub

Private Sub ShowPlace(ByVal cell As Object)
    If cell.Worksheet.Visible <> IS_VISIBLE Then cell.Worksheet.Visible = IS_VISIBLE
    cell.Worksheet.Activate
    cell.Select
End Sub

' A table by its cells, header first: its header stays in view and is repeated on every page of A4, its rows can be
' filtered, its columns fit the page. Without a printer a program may refuse some of this, which costs looks only.
Private Sub SetPage(ByVal table As Object)
    On Error Resume Next
    table.AutoFilter
    table.VerticalAlignment = AT_TOP
    Freeze table
    With table.Worksheet.PageSetup
        .PaperSize = A4
        .Orientation = LANDSCAPE
        .PrintArea = table.Worksheet.Range(table.Worksheet.Cells(1, 1), table.Cells(table.Rows.Count, _
            table.Columns.Count)).Address
        .PrintTitleRows = table.Rows(1).EntireRow.Address
        .Zoom = False
        .FitToPagesWide = 1
        .FitToPagesTall = False
        .CenterFooter = "&P / &N"
    End With
End Sub

Private Sub Freeze(ByVal table As Object)
    On Error Resume Next
    table.Worksheet.Activate
    With ThisWorkbook.Windows(1)
        .FreezePanes = False
        .ScrollRow = 1
        .ScrollColumn = 1
        .SplitColumn = 0
        .SplitRow = table.Row
        .FreezePanes = True
    End With
End Sub

Private Sub NamePlace(ByVal name As String, ByVal cells As Object)
    On Error Resume Next
    ThisWorkbook.Names(name).Delete
    On Error GoTo 0
    ThisWorkbook.Names.Add name, cells
End Sub

' row, sheet, first cell, values: n number, d day, t text, k text that would be taken for something else,
' f formula, - nothing
Private Sub WriteRow(ByVal words As Variant)
    Dim start As Object, index As Long
    Set start = Place(words(1), words(2))
    For index = 3 To UBound(words)
        WriteValue start.Offset(0, index - 3), Left(words(index), 1), Mid(words(index), 2)
    Next index
End Sub

Private Sub WriteValue(ByVal cell As Object, ByVal kind As String, ByVal value As String)
    Select Case kind
        Case "n"
            cell.Value = Val(value)
        Case "d"
            cell.Value = CDate(Val(value))
        Case "t"
            cell.Value = Unescaped(value)
        Case "k"
            cell.NumberFormat = "@"
            cell.Value = Unescaped(value)
        Case "f"
            cell.Formula = Unescaped(value)
        Case "-"
            cell.ClearContents
    End Select
End Sub

Private Sub SetWidth(ByVal cell As Object, ByVal width As Double)
    If width > 0 Then
        cell.EntireColumn.ColumnWidth = width
    Else
        cell.EntireColumn.Hidden = True
    End If
End Sub

' A colour below 0 is none.
Private Sub SetLook(ByVal cells As Object, ByVal bold As Boolean, ByVal ground As Long, ByVal ink As Long, _
        ByVal wrapped As Boolean)
    cells.Font.Bold = bold
    cells.WrapText = wrapped
    If ground >= 0 Then cells.Interior.Color = ground
    If ink >= 0 Then cells.Font.Color = ink
End Sub

' A table that ends just above the row takes it in; programs without tables have none to extend.
Private Sub ExtendTable(ByVal sheetName As String, ByVal row As Long)
    Dim tables As Object, cells As Object, index As Long
    On Error Resume Next
    Set tables = ThisWorkbook.Worksheets(sheetName).ListObjects
    On Error GoTo 0
    If tables Is Nothing Then Exit Sub
    For index = 1 To tables.Count
        Set cells = tables(index).Range
        If cells.Row + cells.Rows.Count = row Then tables(index).Resize cells.Resize(cells.Rows.Count + 1)
    Next index
End Sub

Public Function Unescaped(ByVal text As String) As String
    Dim position As Long, found As Long
    position = 1
    found = InStr(text, "\")
    Do While found > 0
        Unescaped = Unescaped & Mid(text, position, found - position)
        Select Case Mid(text, found + 1, 1)
            Case "u"
                Unescaped = Unescaped & ChrW(CLng("&H" & Mid(text, found + 2, 4)))
                position = found + 6
            Case "t"
                Unescaped = Unescaped & Chr(9)
                position = found + 2
            Case "n"
                Unescaped = Unescaped & Chr(10)
                position = found + 2
            Case Else
                Unescaped = Unescaped & Mid(text, found + 1, 1)
                position = found + 2
        End Select
        found = InStr(position, text, "\")
    Loop
    Unescaped = Unescaped & Mid(text, position)
End Function
