namespace BtcAgent.Research.Experiments;

/// <summary>A kind of challenger that is simulated many times.</summary>
/// <param name="Name">Short name, such as <c>+1.0 Sharpe</c>.</param>
/// <param name="Advantage">Annualised Sharpe ratio of the challenger less the champion's.</param>
/// <param name="Correlation">Correlation of the daily profits of champion and challenger, −1…1; 1 is the same model twice.</param>
/// <param name="Fault">Defect; none for a challenger that works.</param>
/// <param name="BreaksInCanary">True if the defect begins with the canary, false from the beginning.</param>
/// <param name="Challengers">Challengers at once that share the error; promoted counts if one or more are.</param>
public sealed record ExperimentScenario(
    string Name, double Advantage, double Correlation, ChallengerFault Fault = ChallengerFault.None, bool BreaksInCanary = false, int Challengers = 1)
{
    /// <summary>
    /// The same model twice, equal and better and worse challengers, and broken ones, each from the beginning and from the
    /// canary on. Those that break in the canary were clearly better before, so that they get there.
    /// </summary>
    /// <param name="correlation">Correlation of the daily profits of champion and challenger.</param>
    public static IReadOnlyList<ExperimentScenario> Standard(double correlation) =>
    [
        new("same model twice", 0, 1),
        new("equal", 0, correlation),
        new("equal, 5 at once", 0, correlation, Challengers: 5),
        new("+0.5 Sharpe", 0.5, correlation),
        new("+1.0 Sharpe", 1.0, correlation),
        new("-0.5 Sharpe", -0.5, correlation),
        new("-1.0 Sharpe", -1.0, correlation),
        .. Enum.GetValues<ChallengerFault>().Where(fault => fault != ChallengerFault.None).SelectMany(fault => new ExperimentScenario[]
        {
            new(Word(fault), 0, correlation, fault),
            new($"{Word(fault)} from canary on", 2, correlation, fault, BreaksInCanary: true),
        }),
    ];

    private static string Word(ChallengerFault fault) => fault switch
    {
        ChallengerFault.SignFlipped => "sign flipped",
        ChallengerFault.ConstantScore => "constant score",
        ChallengerFault.NotANumber => "not a number",
        ChallengerFault.Slow => "slow",
        ChallengerFault.Crashing => "crashing",
        _ => "works",
    };
}
