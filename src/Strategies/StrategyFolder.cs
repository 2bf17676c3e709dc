using System.Collections.Immutable;
using BtcAgent.Domain.Strategies;
using BtcAgent.Strategies.Compilers;
using BtcAgent.Strategies.Sources;

namespace BtcAgent.Strategies;

/// <summary>Compiles the strategies of a folder.</summary>
public static class StrategyFolder
{
    /// <summary>Returns the built-in strategies and those of the folder.</summary>
    /// <param name="folder">Folder; empty for the built-in strategies alone.</param>
    /// <exception cref="StrategyException">The folder does not exist, or a strategy in it cannot be used.</exception>
    public static StrategyCatalog Catalog(string folder)
    {
        if (folder.Length == 0)
        {
            return StrategyCatalog.BuiltIn;
        }

        var problems = new List<string>();
        var definitions = ImmutableArray.CreateBuilder<StrategyDefinition>();
        foreach (var source in SourceFolder.Read(folder))
        {
            try
            {
                definitions.Add(StrategyCompiler.Compile(source).Definition);
            }
            catch (StrategyException e)
            {
                problems.Add(e.Message);
            }
        }

        if (problems.Count > 0)
        {
            throw new StrategyException(string.Join("\n", problems));
        }

        try
        {
            return StrategyCatalog.BuiltIn.With(definitions);
        }
        catch (ArgumentException e)
        {
            throw new StrategyException(e.Message);
        }
    }
}
