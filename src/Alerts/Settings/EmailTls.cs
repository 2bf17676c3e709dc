namespace BtcAgent.Alerts.Settings;

/// <summary>Encryption of a connection to an SMTP server.</summary>
public enum EmailTls
{
    /// <summary>Upgrades a plain connection, and refuses a server that cannot; usual on port 587.</summary>
    StartTls,

    /// <summary>TLS from the first byte; usual on port 465.</summary>
    Implicit,

    /// <summary>None: for a relay on this machine only.</summary>
    None,
}
