@echo off
"%SystemRoot%\System32\chcp.com" 65001 >nul
set "PATH=%~dp0;%PATH%"
pushd "%~dp0"
"%ComSpec%" /k
popd
