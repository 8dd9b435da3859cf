"""Prints what StratifiedScoresTest expects of one stratum, with NumPy and SciPy alone: the AUC, its interval by the score test that DeLong's
class documents (variances of DeLong 1988 and Newcombe 2006), and the exact p-value of Mann and Whitney's test."""
import numpy as np
from scipy import stats, optimize
m=np.array([2.1,0.4,1.7,3.0,1.1,0.9,2.6,1.9,0.2,1.4,2.2,1.0]); n=np.array([0.5,1.2,-0.3,0.8,1.5,0.1,0.7,-1.0,2.0,0.6,0.3,1.3])
U=stats.mannwhitneyu(m,n,alternative='greater',method='exact'); A=U.statistic/len(m)/len(n)
v10=np.array([np.mean(n<x) for x in m]); v01=np.array([np.mean(m>x) for x in n])
v=v10.var(ddof=1)/len(m)+v01.var(ddof=1)/len(n)
M=N=12; k=(M+N)/2
w=1-.75/np.sqrt(12)
def u(a): return (1+(k-1)*((1-a)/(2-a)+a/(1+a)))/(M*N)
for lev in (0.95,0.975):
    z=stats.norm.ppf(1-(1-lev)/2)
    f=lambda a:(A-a)**2-z*z*a*(1-a)*(w*v/(A*(1-A))+(1-w)*u(a))
    print(lev,A,optimize.brentq(f,1e-9,A),optimize.brentq(f,A,1-1e-9),U.pvalue)
