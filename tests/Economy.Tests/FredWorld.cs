using BtcAgent.Economy.Budgets;
using BtcAgent.Economy.Fred;
using BtcAgent.Economy.Releases;
using BtcAgent.Economy.Settings;
using BtcAgent.Exchanges.Simulator.Economy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Economy.Tests;

/// <summary>A simulated FRED, its client and a calendar, on one clock.</summary>
internal sealed class FredWorld : IAsyncDisposable
{
    public const string Key = "abcdefghijklmnop0123456789secret";

    private readonly HttpClient _http = new(FredClient.Handler()) { Timeout = Timeout.InfiniteTimeSpan };

    private FredWorld(DateTimeOffset start)
    {
        Time = new FakeTimeProvider(start);
        Fred = new SimulatedFred(new SimulatedFredOptions { ApiKey = Key }, Time, LoggerFactory.Create(_ => { }));
    }

    public FakeTimeProvider Time { get; }

    public SimulatedFred Fred { get; }

    public MemoryLedger Ledger { get; } = new();

    public FredOptions Options { get; } = new();

    public static async Task<FredWorld> OpenAsync(string start, Action<FredOptions>? change = null)
    {
        var world = new FredWorld(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
        await world.Fred.StartAsync(TestContext.Current.CancellationToken);
        (world.Options.PauseSeconds, world.Options.BaseAddress) = (0, world.Fred.Address);
        change?.Invoke(world.Options);
        return world;
    }

    /// <summary>A client of a new process: only what was stored is left.</summary>
    public FredClient Client(string key = Key) => new(_http, FredKey.Of(key), Options, new RequestBudget(Ledger, Options, Time), Time);

    public ReleaseCalendar Calendar(params EconomicRelease[] releases) => new(releases.Length > 0 ? releases : ReleaseTable.Default(), Client(), Time);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Fred.DisposeAsync();
    }
}
