namespace BtcAgent.Domain.Access;

/// <summary>Names of the roles in settings, messages and answers.</summary>
public static class AccessRoles
{
    public static string NameOf(AccessRole role) => role switch
    {
        AccessRole.Viewer => "viewer",
        AccessRole.Trader => "trader",
        AccessRole.RiskManager => "risk-manager",
        AccessRole.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "not a role"),
    };

    /// <summary>Returns null for a name that is not a role.</summary>
    public static AccessRole? Find(string name)
    {
        foreach (var role in Enum.GetValues<AccessRole>())
        {
            if (NameOf(role) == name)
            {
                return role;
            }
        }

        return null;
    }
}
