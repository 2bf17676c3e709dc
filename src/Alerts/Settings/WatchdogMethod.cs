namespace BtcAgent.Alerts.Settings;

/// <summary>HTTP method of a ping.</summary>
public enum WatchdogMethod
{
    Get,
    Post,
}
