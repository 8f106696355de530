@echo off
setlocal
"%SystemRoot%\System32\chcp.com" 65001 >nul
if not exist "%~dp0runtime\python.exe" echo 这里缺 runtime\python.exe，打不开；先把压缩包全部解压出来，再双击解压出来的这一份，解压过的再解压一遍。& pause& exit /b 2
"%~dp0runtime\python.exe" -X utf8 -P -m schoollib_xl.portable check
pause
