/* Stands in for icuuc.dll under Wine 8: every converter fails with U_UNSUPPORTED_ERROR. */
#define X __declspec(dllexport)
X void* ucnv_open(const char*n,int*e){*e=16;return 0;}
X void ucnv_close(void*c){}
X void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void){}
X void UCNV_TO_U_CALLBACK_SUBSTITUTE(void){}
X void ucnv_reset(void*c){}
X signed char ucnv_getMaxCharSize(void*c){return 4;}
X const char* ucnv_getName(void*c,int*e){*e=16;return 0;}
X void ucnv_getToUCallBack(void*c,void**a,void**b){}
X void ucnv_getFromUCallBack(void*c,void**a,void**b){}
X void ucnv_setToUCallBack(void*c,void*a,void*b,void*d,void*f,int*e){*e=16;}
X void ucnv_setFromUCallBack(void*c,void*a,void*b,void*d,void*f,int*e){*e=16;}
X void ucnv_cbToUWriteUChars(void*a,void*b,int l,int o,int*e){*e=16;}
X void ucnv_toUnicode(void*c,void*a,void*b,void*d,void*f,void*g,int h,int*e){*e=16;}
X void ucnv_cbFromUWriteUChars(void*a,void*b,void*s,int o,int*e){*e=16;}
X int ucnv_toUCountPending(void*c,int*e){return 0;}
X int ucnv_fromUCountPending(void*c,int*e){return 0;}
X const char* ucnv_getStandardName(const char*a,const char*b,int*e){*e=16;return 0;}
X const char* ucnv_getAvailableName(int n){return 0;}
X int ucnv_countAvailable(void){return 0;}
X void ucnv_fromUnicode(void*c,void*a,void*b,void*d,void*f,void*g,int h,int*e){*e=16;}
