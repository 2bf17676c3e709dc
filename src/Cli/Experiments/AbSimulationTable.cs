using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Experiments;
using BtcAgent.Research.Experiments;
using Spectre.Console;

namespace BtcAgent.Cli.Experiments;

/// <summary>Prints simulated experiments as text.</summary>
internal static class AbSimulationTable
{
    public static void Write(IAnsiConsole console, ExperimentPlan plan, ImmutableArray<ScenarioResult> scenarios)
    {
        var table = new TextTable("challenger", ">promoted", ">95 % interval", ">futile", ">rolled back", ">canary", ">days to promotion", ">days", ">worst loss ÷ limit");
        foreach (var s in scenarios)
        {
            table.Add(
                s.Scenario, Percent(s.Promoted), $"{Percent(s.PromotedLow)}…{Percent(s.PromotedHigh)}", Percent(s.Futile), Percent(s.RolledBack), Percent(s.ReachedCanary),
                Figures.Number(s.MedianDaysToPromotion ?? double.NaN, "0"), Figures.Number(s.MedianDays, "0"), Figures.Number(s.GreatestCanaryLoss, "0.00"));
        }

        foreach (var line in table.Lines())
        {
            console.Profile.Out.Writer.WriteLine(line);
        }

        console.Profile.Out.Writer.WriteLine(plan.HorizonDays is { } horizon
            ? string.Create(CultureInfo.InvariantCulture, $"group-sequential, {plan.Looks} looks in {horizon} days, alpha {plan.Alpha:0.###} one-sided; days are medians")
            : string.Create(CultureInfo.InvariantCulture, $"confidence sequence, a look every day for up to {plan.DaysMax} days, alpha {plan.Alpha:0.###} one-sided; days are medians"));
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");
}
