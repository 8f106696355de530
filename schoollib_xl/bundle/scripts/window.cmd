@echo off
chcp 65001 >nul
set "PATH=%~dp0;%PATH%"
cd /d "%~dp0"
cmd /k
