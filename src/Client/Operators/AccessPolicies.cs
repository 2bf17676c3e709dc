namespace BtcAgent.Client.Operators;

/// <summary>Roles of those who are let in, and the policies that ask for them.</summary>
public static class AccessPolicies
{
    /// <summary>May do everything.</summary>
    public const string Operator = "operator";

    /// <summary>Role, and policy that lets it and the operator in: reads <c>/metrics</c> and nothing else.</summary>
    public const string Metrics = "metrics";
}
