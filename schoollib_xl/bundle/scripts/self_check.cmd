@echo off
setlocal
"%SystemRoot%\System32\chcp.com" 65001 >nul
"%~dp0runtime\python.exe" -X utf8 -P -m schoollib_xl.portable check
pause
