namespace BtcAgent.Architecture.Tests.Sources;

/// <summary>One type's use of another.</summary>
/// <param name="From">Namespace of the type that uses.</param>
/// <param name="User">Its name.</param>
/// <param name="To">Namespace of the type that is used.</param>
/// <param name="Used">Its name.</param>
public sealed record TypeArrow(string From, string User, string To, string Used)
{
    public override string ToString() => $"{From} → {To} ({User} → {Used})";
}
