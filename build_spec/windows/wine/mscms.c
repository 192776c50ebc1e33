/* Stands in for mscms.dll under Wine 8: every call fails, and Qt takes colours as sRGB. */
#include <windows.h>
#define X __declspec(dllexport)
X BOOL WINAPI CloseColorProfile(void*h){return TRUE;}
X void* WINAPI WcsOpenColorProfileW(void*a,void*b,void*c,DWORD d,DWORD e,DWORD f,DWORD g){SetLastError(2);return 0;}
X void* WINAPI WcsCreateIccProfile(void*h,DWORD o){SetLastError(2);return 0;}
X void* WINAPI OpenColorProfileW(void*p,DWORD a,DWORD s,DWORD c){SetLastError(2);return 0;}
X BOOL WINAPI GetColorProfileFromHandle(void*h,void*b,DWORD*n){if(n)*n=0;return FALSE;}
X BOOL WINAPI WcsGetDefaultColorProfile(int s,const WCHAR*d,int t,int u,DWORD i,DWORD n,WCHAR*b){SetLastError(2);return FALSE;}
X BOOL WINAPI WcsGetDefaultColorProfileSize(int s,const WCHAR*d,int t,int u,DWORD i,DWORD*n){SetLastError(2);return FALSE;}
