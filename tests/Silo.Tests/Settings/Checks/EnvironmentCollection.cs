namespace BtcAgent.Silo.Tests.Settings.Checks;

/// <summary>Tests that set environment variables of this process run alone: an agent that starts meanwhile would read them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class EnvironmentCollection
{
    public const string Name = "environment of the process";
}
