namespace BtcAgent.Social.Tests.Budgets;

internal sealed class CrashException : Exception;
