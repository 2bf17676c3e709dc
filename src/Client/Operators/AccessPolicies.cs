namespace BtcAgent.Client.Operators;

/// <summary>Roles of authenticated callers, and the policies that require them.</summary>
public static class AccessPolicies
{
    /// <summary>May do everything.</summary>
    public const string Operator = "operator";

    /// <summary>Role that may only read <c>/metrics</c>, and the policy that admits it and the operator.</summary>
    public const string Metrics = "metrics";
}
