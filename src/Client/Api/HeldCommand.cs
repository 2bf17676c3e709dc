using System.Text.Json;
using BtcAgent.Client.Access;
using BtcAgent.Domain.Models;

namespace BtcAgent.Client.Api;

/// <summary>A command that a second person must confirm.</summary>
/// <param name="Verb">Its name.</param>
/// <param name="Subject">Of which limit or model; empty for the agent as a whole.</param>
/// <param name="Summary">The command in words, for the person who confirms.</param>
/// <param name="Fields">Its fields as JSON.</param>
internal sealed record HeldCommand(string Verb, string Subject, string Summary, string Fields)
{
    public static HeldCommand Arm { get; } = new(CommandVerbs.Arm, "", "arm: allow orders to a real venue", "{}");

    /// <param name="portfolio">The portfolio; null for all.</param>
    public static HeldCommand OfResume(string? portfolio) => new(
        CommandVerbs.Resume, portfolio ?? "", $"resume {portfolio ?? "all portfolios"}: trade again within the limits", JsonSerializer.Serialize(new ResumeFields(portfolio)));

    public static HeldCommand OfLimit(string portfolio, string limit, decimal from, decimal to) => new(
        CommandVerbs.ChangeLimit,
        $"{portfolio}/{limit}",
        FormattableString.Invariant($"{(to > from ? "loosen" : "change")} {limit} of {portfolio} from {from} to {to}"),
        JsonSerializer.Serialize(new LimitFields(portfolio, limit, to)));

    public static HeldCommand OfModel(string model, ModelStage stage, bool realMoney, VerdictOverride? verdictOverride) => new(
        CommandVerbs.MoveModel,
        model,
        $"make model {model} {stage.ToString().ToLowerInvariant()}{(realMoney && stage == ModelStage.Champion ? ": it trades real money" : "")}" + (verdictOverride is null ? "" : $", against its verdict, by {verdictOverride.Person}"),
        JsonSerializer.Serialize(new ModelFields(model, stage, verdictOverride?.Person, verdictOverride?.Reason)));

    public static HeldCommand OfExperiment(string experiment, string challenger) => new(
        CommandVerbs.ConfirmExperiment, experiment, $"make model {challenger} champion after experiment {experiment}: it trades real money", JsonSerializer.Serialize(new ExperimentFields(experiment)));

    internal sealed record ResumeFields(string? Portfolio);

    internal sealed record LimitFields(string Portfolio, string Limit, decimal Value);

    internal sealed record ModelFields(string Model, ModelStage Stage, string? Person, string? OverrideReason);

    internal sealed record ExperimentFields(string Experiment);
}
