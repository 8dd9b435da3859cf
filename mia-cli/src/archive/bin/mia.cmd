@echo off
rem Runs MIAudit from the folder that it was unpacked into; README.txt says more.
setlocal
set "ROOT=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%ROOT%\runtime\bin\java.exe" set "JAVA=%ROOT%\runtime\bin\java.exe"
set "VERSION="
for /f "tokens=3" %%v in ('"%JAVA%" -version 2^>^&1 ^| findstr /c:" version "') do set "VERSION=%%~v"
if not defined VERSION (
    echo mia: "%JAVA%" is no Java; install Java 17 or later, or set JAVA_HOME to its folder 1>&2
    exit /b 1
)
for /f "delims=.-+ tokens=1" %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% LSS 17 (
    echo mia: "%JAVA%" is Java %VERSION%; install Java 17 or later, or set JAVA_HOME to its folder 1>&2
    exit /b 1
)
set "ADDED="
if defined MIA_CLASS_PATH set "ADDED=;%MIA_CLASS_PATH%"
"%JAVA%" %MIA_JAVA_OPTIONS% -cp "%ROOT%\lib\*%ADDED%" io.github.miaudit.cli.Mia %*
exit /b %ERRORLEVEL%
