Attribute VB_Name = "Launcher"
Option Explicit
' Starts Python for a button and waits for its answer. No Declare, no references, no events: this runs in Excel for
' Windows, in WPS with its VBA component, and in LibreOffice.

Private lastSentence As String

' Python reads the open workbook where it can reach it; where it cannot, it asks for a copy and the button is
' pressed once more with that. The answer appears under its name only when it is complete.
Public Sub Press(ByVal button As String, ByVal asked As String)
    Dim stem As String, answer As String, failure As String
    stem = TempStem()
    answer = stem & ".txt"
    On Error GoTo Failed
    failure = Hindrance()
    If Len(failure) = 0 Then failure = Answered(Command(button, asked, answer) & LiveWords(), answer)
    If Len(failure) = 0 Then
        If WantsCopy(answer) Then
            Kill answer
            ThisWorkbook.SaveCopyAs stem & Extension()
            failure = Answered(Command(button, asked, answer) & " --copy " & Quoted(stem & Extension()), answer)
        End If
    End If
    If Len(failure) = 0 Then
        Tell Perform(answer)
    Else
        Tell Said(failure)
    End If
    Remove answer
    Remove stem & Extension()
    Exit Sub
Failed:
    failure = CStr(Err.Number) & " " & Err.Description
    Application.ScreenUpdating = True
    Tell Said("say_failed") & LastStep() & " " & failure
    Remove answer
    Remove stem & Extension()
End Sub

Public Function Said(ByVal name As String) As String
    Dim place As Object
    Set place = NamedRange(name)
    If place Is Nothing Then
        Said = name
    Else
        Said = CStr(place.Value)
    End If
End Function

Public Function NamedRange(ByVal name As String) As Object
    On Error Resume Next
    Set NamedRange = ThisWorkbook.Names(name).RefersToRange
End Function

Public Sub Tell(ByVal sentence As String)
    lastSentence = sentence
    If Len(sentence) > 0 Then MsgBox sentence, 0, Said("say_title")
End Sub

' What was said last; a message box that is closed cannot be read any more.
Public Function LastTold() As String
    LastTold = lastSentence
End Function

' The name of the sentence that says why nothing can be done; empty where something can.
Private Function Hindrance() As String
    If Len(ThisWorkbook.Path) = 0 Then
        Hindrance = "say_not_saved"
    ElseIf InStr(ThisWorkbook.Path, "://") > 0 And LCase(Left(ThisWorkbook.Path, 5)) <> "file:" Then
        Hindrance = "say_in_cloud"
    End If
End Function

Public Function BookPath() As String
    ' FullName is the bare name in LibreOffice
    BookPath = ThisWorkbook.Path & Application.PathSeparator & ThisWorkbook.Name
End Function

Private Function Extension() As String
    Extension = ".xlsm"
    If InStr(ThisWorkbook.Name, ".") > 0 Then Extension = Mid(ThisWorkbook.Name, InStrRev(ThisWorkbook.Name, "."))
End Function

Private Function Command(ByVal button As String, ByVal asked As String, ByVal answer As String) As String
    Command = Quoted(Interpreter()) & " -X utf8 -m schoollib_xl.excel " & button & " --book " & Quoted(BookPath()) _
        & " --answer " & Quoted(answer)
    If Len(asked) > 0 Then Command = Command & " --asked " & Quoted(asked)
End Function

' What xlwings needs to find this very workbook in this very Excel. WPS takes Excel's name in the registry and
' cannot be reached like it.
Private Function LiveWords() As String
    Dim window As String
    Dim program As String
    On Error Resume Next
    program = LCase(Application.Path)
    window = CStr(Application.Hwnd)
    On Error GoTo 0
    If InStr(program, "wps") > 0 Or InStr(program, "kingsoft") > 0 Then Exit Function
    LiveWords = " " & Quoted("--wb=" & ThisWorkbook.Name) & " --from_xl=1 --hwnd=" & window
End Function

Private Function Quoted(ByVal text As String) As String
    Quoted = Chr(34) & Replace(text, Chr(34), "") & Chr(34)
End Function

Private Function IsWindows() As Boolean
    IsWindows = (Left(Application.OperatingSystem, 3) = "Win")
End Function

Public Function Interpreter() As String
    Dim places As Variant, beside As Variant
    Interpreter = Environ("SCHOOLLIB_PYTHON")
    If Len(Interpreter) > 0 Then Exit Function
    If IsWindows() Then
        places = Array("\runtime\pythonw.exe", "\.venv\Scripts\pythonw.exe", "\..\.venv\Scripts\pythonw.exe")
        Interpreter = "pythonw"
    Else
        places = Array("/.venv/bin/python3", "/../.venv/bin/python3")
        Interpreter = "python3"
    End If
    For Each beside In places
        If Len(Dir(ThisWorkbook.Path & beside)) > 0 Then
            Interpreter = ThisWorkbook.Path & beside
            Exit Function
        End If
    Next beside
End Function

Private Function TempStem() As String
    Dim folder As String
    folder = Environ("TEMP")
    If Len(folder) = 0 Then folder = Environ("TMPDIR")
    If Len(folder) = 0 Then folder = "/tmp"
    TempStem = folder & Application.PathSeparator & "schoollib_" & CStr(CLng(Now)) & "_" & CStr(CLng(Timer * 100))
End Function

' The name of the sentence that says why there is no answer; empty where there is one.
Private Function Answered(ByVal commandLine As String, ByVal answer As String) As String
    Dim began As Date, waits As Boolean
    On Error GoTo CannotStart
    waits = Started(commandLine)
    On Error GoTo 0
    began = Now
    Do While Len(Dir(answer)) = 0
        If waits Then
            Answered = "say_no_program"
            Exit Function
        End If
        ' unlike DoEvents, this lets another process reach the workbook
        Application.Wait Now + TimeSerial(0, 0, 1)
        If DateDiff("s", began, Now) > Patience() Then
            Answered = "say_no_answer"
            Exit Function
        End If
    Loop
    Exit Function
CannotStart:
    Answered = "say_no_python"
End Function

' Starts the program; true where it had ended when this comes back.
Private Function Started(ByVal commandLine As String) As Boolean
    Dim shellObject As Object
    If IsWindows() Then
        Set shellObject = CreateObject("WScript.Shell")
        shellObject.Run commandLine, 0, True
        Started = True
    ElseIf InStr(Application.OperatingSystem, "Mac") > 0 Then
        StartOnMac commandLine
    Else
        Shell commandLine, 0
    End If
End Function

' Excel on a Mac may start nothing itself; this script is installed once by hand.
Private Sub StartOnMac(ByVal commandLine As String)
#If Mac Then
    AppleScriptTask "schoollib.applescript", "Start", commandLine
#End If
End Sub

Private Function Patience() As Long
    Patience = 600
    If Len(Environ("SCHOOLLIB_SECONDS")) > 0 Then Patience = CLng(Environ("SCHOOLLIB_SECONDS"))
End Function

Private Sub Remove(ByVal path As String)
    On Error Resume Next
    Kill path
End Sub
