namespace BtcAgent.Silo.Doctor;

/// <summary>The result of one check.</summary>
/// <param name="Check">Name of the check, such as <c>disk</c>.</param>
/// <param name="Grade">How serious it is.</param>
/// <param name="Text">The finding, without secrets.</param>
/// <param name="Remedy">The remedy; null when nothing is to be done.</param>
public sealed record Finding(string Check, FindingGrade Grade, string Text, string? Remedy = null)
{
    internal static Finding Ok(string check, string text) => new(check, FindingGrade.Ok, text);

    internal static Finding Warning(string check, string text, string remedy) => new(check, FindingGrade.Warning, text, remedy);

    internal static Finding Problem(string check, string text, string remedy) => new(check, FindingGrade.Problem, text, remedy);
}
