namespace BtcAgent.Chaos.Tests.Sinks;

/// <summary>A server or folder that a sink stores trades in.</summary>
internal interface ISinkTarget : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Starts the server, if there is one.</summary>
    Task StartAsync();

    /// <summary>Settings of the sink, as environment variables.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Stops the server as a crash does; false when there is no server.</summary>
    Task<bool> StopServerAsync();

    /// <summary>The trades stored; zero before the first.</summary>
    Task<StoredTrades> ReadAsync(CancellationToken cancellationToken);
}
