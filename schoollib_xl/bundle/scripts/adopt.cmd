@echo off
setlocal
chcp 65001 >nul
"%~dp0runtime\python.exe" -X utf8 -P -m schoollib_xl.portable adopt %*
pause
