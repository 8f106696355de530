@echo off
setlocal
"%SystemRoot%\System32\chcp.com" 65001 >nul
set "SCHOOLLIB_HOME=%~dp0.schoollib"
"%~dp0runtime\python.exe" -X utf8 -P -m schoollib_xl.portable remove-wps
pause
