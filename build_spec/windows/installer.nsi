; Installer for one user, who needs no rights of an administrator:
;
;   makensis -DVERSION=0.1.0 -DDIST=..\..\dist\yibao-desktop -DOUT=..\..\dist installer.nsi
;
; /S installs or removes silently; /D=FOLDER (last) chooses the folder. A newer version replaces an
; older one; what belongs to the user lies elsewhere (%LOCALAPPDATA%\yibao-desktop). Removing asks
; whether to delete that, too, and silently keeps it.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include MUI2.nsh
!include WinVer.nsh

!ifndef ICON
  !define ICON "${DIST}\..\..\build\yibao-desktop\icons\yibao-desktop.ico"
!endif
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\yibao-desktop"
!define LINKS "Software\Classes\yibao"

Name "医保指南"
OutFile "${OUT}\yibao-desktop-${VERSION}-windows-x86_64.exe"
InstallDir "$LOCALAPPDATA\Programs\yibao-desktop"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "医保指南 ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "医保指南"
VIAddVersionKey /LANG=2052 "FileDescription" "医保指南安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\yibao-desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开医保指南"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; Python and Qt begin with Windows 10: on an older one the program would end without a word. Silently
; the exit code is 4.
Function .onInit
  ${If} ${AtLeastWin10}
    Return
  ${EndIf}
  SetErrorLevel 4
  MessageBox MB_OK|MB_ICONSTOP "医保指南要 Windows 10 或更新的系统，这台电脑的系统太旧，装了也打不开。请换一台电脑装。" /SD IDOK
  Quit
FunctionEnd

; A program that is running holds its own file: it has to be closed first.
!macro AskToClose UN
  Function ${UN}AskToClose
    again:
    IfFileExists "$INSTDIR\yibao-desktop.exe" 0 closed
    ClearErrors
    FileOpen $0 "$INSTDIR\yibao-desktop.exe" a
    IfErrors 0 free
    IfSilent 0 ask
    SetErrorLevel 3
    Quit
    ask:
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "医保指南还开着。请先关掉它，再点“重试”。" IDRETRY again
    Quit
    free:
    FileClose $0
    closed:
  FunctionEnd
!macroend
!insertmacro AskToClose ""
!insertmacro AskToClose "un."

Section
  Call AskToClose
  ; What an older version had and this one has not must go; nothing of the user's lies here,
  ; except beside a portable copy, which no installer made.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${DIST}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\医保指南"
  CreateShortcut "$SMPROGRAMS\医保指南\医保指南.lnk" "$INSTDIR\yibao-desktop.exe"
  CreateShortcut "$SMPROGRAMS\医保指南\卸载医保指南.lnk" "$INSTDIR\uninstall.exe"
  CreateShortcut "$DESKTOP\医保指南.lnk" "$INSTDIR\yibao-desktop.exe"

  WriteRegStr HKCU "${LINKS}" "" "URL:医保指南"
  WriteRegStr HKCU "${LINKS}" "URL Protocol" ""
  WriteRegStr HKCU "${LINKS}\DefaultIcon" "" "$INSTDIR\yibao-desktop.exe,0"
  WriteRegStr HKCU "${LINKS}\shell\open\command" "" '"$INSTDIR\yibao-desktop.exe" "%1"'

  WriteRegStr HKCU "${KEY}" "DisplayName" "医保指南"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\yibao-desktop.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "Yibao Desktop"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  SectionGetSize 0 $0
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section Uninstall
  Call un.AskToClose
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\yibao-desktop.exe"
  Delete "$INSTDIR\yibao.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$SMPROGRAMS\医保指南"
  Delete "$DESKTOP\医保指南.lnk"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "${LINKS}"
  IfSilent kept
  IfFileExists "$LOCALAPPDATA\yibao-desktop\*" 0 kept
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "要不要把您的记录（正在办的事、收藏、看过的）也删掉？$\r$\n删掉就找不回来了。" IDNO kept
  RMDir /r "$LOCALAPPDATA\yibao-desktop"
  kept:
SectionEnd
