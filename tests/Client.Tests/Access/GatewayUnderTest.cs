using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Reflection;
using BtcAgent.Client.Access;
using BtcAgent.Client.Api;
using BtcAgent.Client.Operators;
using BtcAgent.Client.Tests.Api;
using BtcAgent.Client.Tests.Idempotency;
using BtcAgent.Client.Tests.Streams;
using BtcAgent.Contracts.Access;
using BtcAgent.Contracts.Audit;
using BtcAgent.Contracts.Confirmations;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Events;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Health;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Contracts.Journals;
using BtcAgent.Contracts.Queries;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Risk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Client.Tests.Access;

/// <summary>The gateway on a real web server, with grains that accept every command, on simulated time.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable, ILoggerProvider
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-access-");
    private readonly ConcurrentQueue<string> _log = new();
    private WebApplication _app = null!;

    private int _commands;

    private GatewayUnderTest() =>
        (Keys, Audit, Confirmations, Records) = (new AccessDouble(Time), new AuditDouble(Time), new ConfirmationsDouble(Time), new RecordsDouble(Time));

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero));

    public HistoryDouble History { get; } = new();

    /// <summary>Status of log and sinks.</summary>
    public HistoryStatus Sinks { get; set; } = new(null, [], []);

    public LiveEventsDouble Events { get; } = new();

    /// <summary>Why the agent cannot store its state; null when it can.</summary>
    public string? StoreProblem { get; set; }

    public AccessDouble Keys { get; }

    public AuditDouble Audit { get; }

    public ConfirmationsDouble Confirmations { get; }

    /// <summary>Records of idempotency keys; gateways of one agent share them.</summary>
    public RecordsDouble Records { get; set; }

    /// <summary>Ids of the operations in which commands reached the grains.</summary>
    public ConcurrentQueue<string?> Operations { get; } = new();

    /// <summary>Limits of every portfolio.</summary>
    public LimitsInForce Limits { get; set; } = new(ImmutableSortedDictionary<string, decimal>.Empty, [], []);

    /// <summary>Called by each command that stops or starts trading; it lasts as long as this task.</summary>
    public Func<Task> HoldCommands { get; set; } = () => Task.CompletedTask;

    /// <summary>Commands that reached the grains.</summary>
    public int Commands => _commands;

    public Uri Address { get; private set; } = null!;

    /// <summary>The port of gRPC, if the settings ask for one.</summary>
    public Uri GrpcAddress { get; private set; } = null!;

    public string Key => Services.GetRequiredService<OperatorKey>().Text;

    public IServiceProvider Services => _app.Services;

    /// <summary>Log lines of the agent from information on, and warnings of the framework; oldest first.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public static Task<GatewayUnderTest> StartAsync(params (string Key, string Value)[] settings) => StartAsync(_ => { }, _ => { }, settings);

    /// <param name="map">Maps further endpoints.</param>
    public static Task<GatewayUnderTest> StartAsync(Action<WebApplication> map) => StartAsync(map, _ => { }, []);

    /// <param name="agent">Changes the agent's settings.</param>
    /// <param name="settings">Overrides of the gateway's settings.</param>
    public static Task<GatewayUnderTest> StartAsync(Action<AgentOptions> agent, params (string Key, string Value)[] settings) =>
        StartAsync(_ => { }, agent, settings);

    private static async Task<GatewayUnderTest> StartAsync(
        Action<WebApplication> map, Action<AgentOptions> agent, (string Key, string Value)[] settings)
    {
        var gateway = new GatewayUnderTest();
        // Without watches on settings files, of which a user has few.
        var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        builder.Logging.ClearProviders().AddProvider(gateway).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("BtcAgent", LogLevel.Information);
        builder.WebHost.UseGatewayServer().UseGatewayPorts("127.0.0.1", 0, hasGrpcPort: settings.Any(s => s.Key == "Gateway:GrpcPort"));
        builder.Services.AddSingleton<TimeProvider>(gateway.Time);
        builder.Services.AddOperatorGateway(new AgentIdentity("1", "v", "paper", default), gateway._folder.FullName);
        var control = Yes<ITradingControlGrain>(called =>
        {
            var isCommand = !called.Name.StartsWith("Get", StringComparison.Ordinal);
            Interlocked.Add(ref gateway._commands, isCommand ? 1 : 0);
            if (isCommand)
            {
                gateway.Operations.Enqueue(CommandOperation.Current);
            }

            return AnswerAsync(isCommand ? gateway.HoldCommands() : Task.CompletedTask);
        });
        var risk = Yes<IRiskGrain>(called =>
        {
            Interlocked.Add(ref gateway._commands, called.Name.StartsWith("Get", StringComparison.Ordinal) ? 0 : 1);
            return called.Name is "GetLimits" or "ChangeLimit" ? Task.FromResult(gateway.Limits) : throw new TimeoutException("no answer");
        });
        builder.Services.AddSingleton(Yes<IGrainFactory>(asked =>
            asked.ReturnType == typeof(IAccessGrain) ? gateway.Keys : asked.ReturnType == typeof(IAuditLogGrain) ? gateway.Audit
            : asked.ReturnType == typeof(IConfirmationsGrain) ? gateway.Confirmations : asked.ReturnType == typeof(IRiskGrain) ? risk
            : asked.ReturnType == typeof(ITradingControlGrain) ? control : asked.ReturnType == typeof(ICommandRecordsGrain) ? gateway.Records
            : throw new TimeoutException($"{asked.ReturnType.Name} does not answer")));
        builder.Services.AddSingleton(Yes<IDecisionJournal>(_ => throw new NotSupportedException()));
        builder.Services.AddSingleton<IHistoryReader>(gateway.History);
        builder.Services.AddSingleton(Yes<IStoreCondition>(_ => gateway.StoreProblem!));
        builder.Services.AddSingleton(Yes<IHistory>(called => called.Name == "get_Status" ? gateway.Sinks : throw new NotSupportedException()));

        builder.Services.AddSingleton<ILiveEvents>(gateway.Events);
        builder.Services.Configure<AgentOptions>(o => (o.Strategies, o.Portfolios) = ([], [new() { Id = "main" }, new() { Id = "other" }]));
        builder.Services.Configure(agent);
        gateway._app = builder.Build();
        gateway._app.UseOperatorGateway();
        gateway._app.MapOperatorGateway();
        gateway._app.MapGet("/metrics", () => "figures").WithRule(RouteRule.Metrics);
        gateway._app.MapGet("/caller", (HttpContext context) =>
            $"{context.Request.Scheme}://{context.Request.Host} {context.Connection.RemoteIpAddress}").WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared));
        map(gateway._app);
        await gateway._app.StartAsync(TestContext.Current.CancellationToken);
        var addresses = gateway.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        gateway.Address = new Uri(addresses.First());
        gateway.GrpcAddress = new Uri(addresses.Last());
        return gateway;
    }

    /// <summary>A client that follows no redirect and keeps no cookie.</summary>
    public HttpClient NewClient(string? key = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 32 })
        {
            BaseAddress = Address,
        };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    /// <returns>The cookie, name and value, of a new session.</returns>
    public async Task<string> SignInAsync(HttpClient http, string? key = null)
    {
        using var form = new FormUrlEncodedContent([new("key", key ?? Key)]);
        using var answer = await http.PostAsync("/signin", form, TestContext.Current.CancellationToken);
        return Cookie(answer).Split(';')[0];
    }

    public static string Cookie(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Set-Cookie"));

    public ILogger CreateLogger(string categoryName) => new Lines(_log);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    void IDisposable.Dispose()
    {
    }

    private static async Task<TradingStatus> AnswerAsync(Task held)
    {
        await held;
        return new TradingStatus(true, ImmutableSortedDictionary<string, BreakerState>.Empty);
    }

    private static T Yes<T>(Func<MethodInfo, object> answer)
        where T : class
    {
        var proxy = DispatchProxy.Create<T, Proxy>();
        ((Proxy)(object)proxy).Answer = answer;
        return proxy;
    }

    internal class Proxy : DispatchProxy
    {
        public Func<MethodInfo, object> Answer { get; set; } = null!;

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) => Answer(targetMethod!);
    }

    private sealed class Lines(ConcurrentQueue<string> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue(formatter(state, exception));
    }
}
