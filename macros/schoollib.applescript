-- Lets the macros start a program in Excel for Mac, whose own Shell may not. Copy this file once into
-- ~/Library/Application Scripts/com.microsoft.Excel/
on Start(commandLine)
	do shell script commandLine & " > /dev/null 2>&1 &"
end Start
