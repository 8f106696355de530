Attribute VB_Name = "Launcher"
Option Explicit
' Starts Python for a button and waits for its answer. No Declare, no references, no events: this runs in Excel for
' Windows, in WPS with its VBA component, and in LibreOffice.

Private Const HIDDEN_WINDOW As Long = 0

Private lastSentence As String
Private lastNumber As Long

' Python reads the open workbook where it can reach it; where it cannot, it asks for a copy and is started once more
' with that. What it answers is done here, in either case.
Public Sub Press(ByVal button As String, ByVal asked As String)
    Dim folder As String, told As String
    On Error GoTo Failed
    PutBack
    told = Hindrance()
    If Len(told) = 0 Then
        folder = PrivateFolder()
        told = Outcome(button, asked, folder)
    End If
    PutBack
    RemoveFolder folder
    Tell told
    Exit Sub
Failed:
    told = Said("say_failed") & LastStep() & " " & CStr(Err.Number) & " " & Err.Description
    PutBack
    RemoveFolder folder
    Tell told
End Sub

Private Function Outcome(ByVal button As String, ByVal asked As String, ByVal folder As String) As String
    Dim answer As String, failure As String
    answer = folder & Application.PathSeparator & "answer.txt"
    failure = Answered(Words(button, asked, answer) & LiveWords(), answer)
    If Len(failure) = 0 Then
        If WantsCopy(answer) Then
            Kill answer
            ThisWorkbook.SaveCopyAs CopyIn(folder)
            failure = Answered(Words(button, asked, answer) & Chr(30) & "--copy" & Chr(30) & CopyIn(folder), answer)
        End If
    End If
    If Len(failure) = 0 Then
        Outcome = Perform(answer)
    Else
        Outcome = failure
    End If
End Function

' What a press may have left behind in the window. LibreOffice measures every row anew whenever the screen is freed.
Public Sub PutBack()
    On Error Resume Next
    If Not Application.ScreenUpdating Then Application.ScreenUpdating = True
    Application.StatusBar = False
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

' The sentence that says why nothing can be done; empty where something can.
Private Function Hindrance() As String
    If Len(ThisWorkbook.Path) = 0 Then
        Hindrance = Said("say_not_saved")
    ElseIf Len(Folder()) = 0 Then
        Hindrance = Said("say_in_cloud")
    End If
End Function

Public Function BookPath() As String
    ' FullName is the bare name in LibreOffice
    BookPath = Folder() & Application.PathSeparator & ThisWorkbook.Name
End Function

' The folder of the workbook on this machine; empty where it has none.
Private Function Folder() As String
    Folder = ThisWorkbook.Path
    If InStr(Folder, "://") > 0 And LCase(Left(Folder, 5)) <> "file:" Then Folder = Synchronised(Folder)
End Function

' Excel gives the address on the web for a folder that OneDrive keeps on this machine: the end of the address is
' looked for below the folders OneDrive says are its own.
Private Function Synchronised(ByVal address As String) As String
    Dim parts As Variant, root As Variant, first As Long, index As Long, below As String
    parts = Split(Mid(address, InStr(address, "://") + 3), "/")
    For Each root In Array(Environ("OneDrive"), Environ("OneDriveCommercial"), Environ("OneDriveConsumer"))
        For first = 1 To UBound(parts) + 1
            below = root
            For index = first To UBound(parts)
                below = below & Application.PathSeparator & parts(index)
            Next index
            If Len(root) > 0 And IsFile(below & Application.PathSeparator & ThisWorkbook.Name) Then
                Synchronised = below
                Exit Function
            End If
        Next first
    Next root
End Function

Private Function Extension() As String
    Extension = ".xlsm"
    If InStr(ThisWorkbook.Name, ".") > 0 Then Extension = Mid(ThisWorkbook.Name, InStrRev(ThisWorkbook.Name, "."))
End Function

Private Function CopyIn(ByVal folder As String) As String
    CopyIn = folder & Application.PathSeparator & "schoollib_copy" & Extension()
End Function

' The words of the command, parted by a sign that no path holds. Python takes nothing from the folder it is started in
' (-P) nor from settings of the machine (-E): a file called like one of its modules must never be run.
Private Function Words(ByVal button As String, ByVal asked As String, ByVal answer As String) As String
    Words = Join(Array(Interpreter(), "-E", "-P", "-X", "utf8", "-m", "schoollib_xl.excel", button, _
        "--book", BookPath(), "--answer", answer, "--asked=" & asked), Chr(30))
End Function

' What xlwings needs to find this very workbook in this very Excel. WPS takes Excel's name in the registry and
' cannot be reached like it.
Private Function LiveWords() As String
    Dim window As String, program As String
    On Error Resume Next
    program = LCase(Application.Path)
    window = CStr(Application.Hwnd)
    On Error GoTo 0
    If InStr(program, "wps") > 0 Or InStr(program, "kingsoft") > 0 Then Exit Function
    LiveWords = Chr(30) & "--wb=" & ThisWorkbook.Name & Chr(30) & "--from_xl=1" & Chr(30) & "--hwnd=" & window
End Function

' The words as one line, each between quotation marks. A backslash before the closing one would take it along.
Private Function CommandLine(ByVal words As String) As String
    Dim word As Variant, text As String
    For Each word In Split(words, Chr(30))
        text = Replace(word, Chr(34), "")
        If IsWindows() And Right(text, 1) = "\" Then text = text & "\"
        CommandLine = CommandLine & " " & Chr(34) & text & Chr(34)
    Next word
    CommandLine = Mid(CommandLine, 2)
End Function

Private Function IsWindows() As Boolean
    IsWindows = (Left(Application.OperatingSystem, 3) = "Win")
End Function

' Dir knows only names that the code page of the machine can write.
Private Function IsFile(ByVal path As String) As Boolean
    On Error Resume Next
    If IsWindows() Then
        IsFile = CreateObject("Scripting.FileSystemObject").FileExists(path)
    Else
        IsFile = Len(Dir(path)) > 0
    End If
End Function

Public Function Interpreter() As String
    Dim places As Variant, beside As Variant
    Interpreter = Environ("SCHOOLLIB_PYTHON")
    If Len(Interpreter) > 0 Then Exit Function
    If IsWindows() Then
        places = Array("\runtime\pythonw.exe", "\..\runtime\pythonw.exe", _
            "\.venv\Scripts\pythonw.exe", "\..\.venv\Scripts\pythonw.exe")
    Else
        places = Array("/.venv/bin/python3", "/../.venv/bin/python3")
    End If
    For Each beside In places
        If IsFile(Folder() & beside) Then
            Interpreter = Folder() & beside
            Remember Interpreter
            Exit Function
        End If
    Next beside
    Interpreter = Elsewhere()
End Function

' The interpreter this workbook was last used with, from when it lay beside one; else one of the search path, by its
' whole name: a bare one would be looked for in the folder of the workbook first.
Private Function Elsewhere() As String
    Dim entry As Variant
    Elsewhere = "python3"
    If Not NamedRange("schoollib_python") Is Nothing Then
        If IsFile(CStr(NamedRange("schoollib_python").Value)) Then
            Elsewhere = CStr(NamedRange("schoollib_python").Value)
            Exit Function
        End If
    End If
    If Not IsWindows() Then Exit Function
    Elsewhere = "\pythonw.exe"
    For Each entry In Split(Environ("PATH"), ";")
        If Mid(entry, 2, 2) = ":\" And IsFile(entry & "\pythonw.exe") Then
            Elsewhere = entry & "\pythonw.exe"
            Exit Function
        End If
    Next entry
End Function

' For when the workbook is moved away from it. A workbook that cannot be changed does without.
Private Sub Remember(ByVal path As String)
    Dim place As Object, wasSaved As Boolean
    On Error Resume Next
    Set place = NamedRange("schoollib_python")
    If place Is Nothing Then Exit Sub
    If CStr(place.Value) = path Then Exit Sub
    wasSaved = ThisWorkbook.Saved
    place.Value = path
    ThisWorkbook.Saved = wasSaved
End Sub

' A new folder of a name nobody can know before; Python shuts it to others before anything of hers is put there.
Private Function PrivateFolder() As String
    Dim path As String, tried As Long
    Randomize
    For tried = 1 To 20
        path = TempRoot() & Application.PathSeparator & "schoollib_" & Chance() & Chance() & Chance() & Chance()
        If MadeFolder(path) Then
            PrivateFolder = path
            Exit Function
        End If
    Next tried
    Err.Raise 75, , TempRoot()
End Function

Private Function MadeFolder(ByVal path As String) As Boolean
    On Error GoTo Taken
    MkDir path
    MadeFolder = True
    Exit Function
Taken:
    MadeFolder = False
End Function

Private Function Chance() As String
    Chance = Right("0000" & Hex(Int(Rnd * 65536)), 4)
End Function

' In plain ASCII where the machine can give it so: Kill and Open know only names of its code page.
Private Function TempRoot() As String
    TempRoot = Environ("TEMP")
    If Len(TempRoot) = 0 Then TempRoot = Environ("TMPDIR")
    If Len(TempRoot) = 0 Then TempRoot = "/tmp"
    If IsWindows() And Not IsPlain(TempRoot) Then TempRoot = ShortName(TempRoot)
End Function

Private Function IsPlain(ByVal text As String) As Boolean
    Dim index As Long
    For index = 1 To Len(text)
        If AscW(Mid(text, index, 1)) < 32 Or AscW(Mid(text, index, 1)) > 126 Then Exit Function
    Next index
    IsPlain = True
End Function

Private Function ShortName(ByVal path As String) As String
    ShortName = path
    On Error Resume Next
    ShortName = CreateObject("Scripting.FileSystemObject").GetFolder(path).ShortPath
End Function

' The sentence that says why there is no answer; empty where there is one.
Private Function Answered(ByVal words As String, ByVal answer As String) As String
    Dim began As Date, waits As Boolean
    On Error GoTo CannotStart
    waits = Started(words)
    On Error GoTo 0
    began = Now
    Do While Len(Dir(answer)) = 0
        If waits Then
            Answered = Said("say_no_program") & CStr(lastNumber)
            Exit Function
        End If
        ' unlike DoEvents, this lets another process reach the workbook
        Application.Wait Now + TimeSerial(0, 0, 1)
        If DateDiff("s", began, Now) > Patience() Then
            Answered = Said("say_no_answer")
            Exit Function
        End If
    Loop
    Exit Function
CannotStart:
    Answered = NotStarted(CStr(Err.Number) & " " & Err.Description)
End Function

Private Function NotStarted(ByVal reason As String) As String
    If IsFile(Interpreter()) Then
        NotStarted = Said("say_not_allowed") & reason
    Else
        NotStarted = Said("say_no_python")
    End If
End Function

' Starts the program; true where it had ended when this comes back. It ends by itself, whatever happens to it.
Private Function Started(ByVal words As String) As Boolean
    If IsWindows() Then
        lastNumber = CreateObject("WScript.Shell").Run(CommandLine(words), HIDDEN_WINDOW, True)
        Started = True
    ElseIf InStr(Application.OperatingSystem, "Mac") > 0 Then
        StartOnMac words
    Else
        Shell CommandLine(words), 0
    End If
End Function

' Excel on a Mac may start nothing itself; this script is installed once by hand.
Private Sub StartOnMac(ByVal words As String)
#If Mac Then
    AppleScriptTask "schoollib.applescript", "Start", words
#End If
End Sub

Private Function Patience() As Long
    Patience = 600
    If Len(Environ("SCHOOLLIB_SECONDS")) > 0 Then Patience = CLng(Environ("SCHOOLLIB_SECONDS"))
End Function

Private Sub RemoveFolder(ByVal folder As String)
    If Len(folder) = 0 Then Exit Sub
    Remove folder & Application.PathSeparator & "answer.txt"
    Remove CopyIn(folder)
    On Error Resume Next
    RmDir folder
End Sub

Private Sub Remove(ByVal path As String)
    On Error Resume Next
    Kill path
End Sub
