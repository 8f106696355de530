-- Lets the macros start a program in Excel for Mac, whose own Shell may not. Copy this file once into
-- ~/Library/Application Scripts/com.microsoft.Excel/
-- The words come parted by a sign that no path holds; each is handed to the shell as data, whatever is in it.
on Start(commandWords)
	set AppleScript's text item delimiters to character id 30
	set commandLine to ""
	repeat with oneWord in text items of commandWords
		set commandLine to commandLine & quoted form of (oneWord as text) & " "
	end repeat
	set AppleScript's text item delimiters to ""
	do shell script commandLine & "> /dev/null 2>&1 &"
end Start
