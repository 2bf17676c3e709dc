namespace BtcAgent.Domain.Access;

/// <summary>Whether a key is accepted.</summary>
public enum ApiKeyState : byte
{
    Active,
    Expired,
    Revoked,
}
