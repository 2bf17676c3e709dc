using System.Globalization;
using BtcAgent.Domain.Strategies;
using Spectre.Console;

namespace BtcAgent.Cli.Strategies;

/// <summary>Prints strategies and their parameters.</summary>
internal static class StrategyTable
{
    public static void Write(IAnsiConsole console, IEnumerable<ListedStrategy> strategies)
    {
        foreach (var strategy in strategies)
        {
            var source = strategy.Source is null ? "built in" : $"{strategy.Source}, source {strategy.SourceHash![..StrategyDefinition.SourceDigits]}";
            console.MarkupLineInterpolated($"[bold]{strategy.Name}[/] ({source})");
            if (strategy.Summary.Length > 0)
            {
                console.WriteLine($"  {strategy.Summary}");
            }

            foreach (var parameter in strategy.Parameters)
            {
                console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {parameter.Name} = {parameter.Default} ({parameter.Min}…{parameter.Max}): {parameter.Meaning}"));
            }
        }
    }
}
