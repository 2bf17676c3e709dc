using System.Collections.Immutable;
using BtcAgent.Alerts.Settings;
using BtcAgent.Client.Access;
using BtcAgent.Client.Certificates;
using BtcAgent.Contracts.Settings;
using BtcAgent.Economy.Settings;
using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Exchanges.Simulator.Economy;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Grains.Execution;
using BtcAgent.Grains.Feeds;
using BtcAgent.History;
using BtcAgent.History.Files;
using BtcAgent.History.Log.Local;
using BtcAgent.History.Metrics;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sinks.Redis;
using BtcAgent.History.Sinks.Timescale;
using BtcAgent.Silo.Cluster;
using BtcAgent.Silo.Cluster.Tls;
using BtcAgent.Silo.Economy;
using BtcAgent.Silo.Experiments;
using BtcAgent.Silo.Models;
using BtcAgent.Silo.Secrets;
using BtcAgent.Silo.Social;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.Transformers.Scoring;
using BtcAgent.Social.X.Settings;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Embedded;

namespace BtcAgent.Silo.Settings.Checks;

/// <summary>Lists every section that this program reads in any role, and those of other libraries.</summary>
internal static class KnownSections
{
    public static readonly ImmutableDictionary<string, Type> Ours = ImmutableDictionary.CreateRange(
        StringComparer.OrdinalIgnoreCase,
        new KeyValuePair<string, Type>[]
        {
            new(AgentOptions.Section, typeof(AgentOptions)),
            new(AlertOptions.Section, typeof(AlertOptions)),
            new(FeedOptions.Section, typeof(FeedOptions)),
            new(LiveOptions.Section, typeof(LiveOptions)),
            new(GatewayOptions.Section, typeof(GatewayOptions)),
            new(GatewayTlsOptions.Section, typeof(GatewayTlsOptions)),
            new(RetrainingOptions.Section, typeof(RetrainingOptions)),
            new(ModelWatchOptions.Section, typeof(ModelWatchOptions)),
            new(StarterOptions.Section, typeof(StarterOptions)),
            new(ExperimentOptions.Section, typeof(ExperimentOptions)),
            new(BinanceOptions.Section, typeof(BinanceOptions)),
            new(BinanceTradingOptions.Section, typeof(BinanceTradingOptions)),
            new(TapeOptions.Section, typeof(TapeOptions)),
            new(SimulatorOptions.Section, typeof(SimulatorOptions)),
            new(SocialOptions.Section, typeof(SocialOptions)),
            new(TransformerOptions.Section, typeof(TransformerOptions)),
            new(XOptions.Section, typeof(XOptions)),
            new(BudgetOptions.Section, typeof(BudgetOptions)),
            new(SimulatedXOptions.Section, typeof(SimulatedXOptions)),
            new(EconomyOptions.Section, typeof(EconomyOptions)),
            new(FredOptions.Section, typeof(FredOptions)),
            new(SimulatedFredOptions.Section, typeof(SimulatedFredOptions)),
            new(EmbeddedStoreOptions.Section, typeof(EmbeddedStoreOptions)),
            new(BackupOptions.Section, typeof(BackupOptions)),
            new(ClusterNodeOptions.Section, typeof(ClusterNodeOptions)),
            new(ClusterTlsOptions.Section, typeof(ClusterTlsOptions)),
            new(KafkaOptions.Section, typeof(KafkaOptions)),
            new(HistoryOptions.Section, typeof(HistoryOptions)),
            new(FactLogOptions.Section, typeof(FactLogOptions)),
            new(SinkOptions.Section, typeof(SinkOptions)),
            new(ParquetOptions.Section, typeof(ParquetOptions)),
            new(TimescaleOptions.Section, typeof(TimescaleOptions)),
            new(RedisSinkOptions.Section, typeof(RedisSinkOptions)),
            new(InfluxOptions.Section, typeof(InfluxOptions)),
            new(DataFolderOptions.Section, typeof(DataFolderOptions)),
            new(SecretsOptions.Section, typeof(SecretsOptions)),
            new(LoggingShape.Section, typeof(LoggingShape)),
        });

    /// <summary>Sections of ASP.NET Core, its host and Orleans, which check them.</summary>
    public static readonly ImmutableArray<string> OfOthers =
    [
        "AllowedHosts", "ApplicationName", "ConnectionStrings", "ContentRoot", "DetailedErrors", "Environment", "HostBuilder",
        "Http_Ports", "Https_Ports", "Kestrel", "Metrics", "Orleans", "PreferHostingUrls", "ShutdownTimeoutSeconds", "Urls", "WebRoot",
    ];

    /// <summary>Returns the sections below this one with separate options, by their last name.</summary>
    public static IEnumerable<SettingMember> Below(string path) => Ours
        .Where(section => section.Key.StartsWith($"{path}:", StringComparison.OrdinalIgnoreCase))
        .Select(section => new SettingMember(section.Key[(path.Length + 1)..], section.Value, []));

    public static IEnumerable<string> Roots => Ours.Keys.Where(name => !name.Contains(':', StringComparison.Ordinal));

    /// <summary>The part of .NET's section <c>Logging</c> that this program's loggers read.</summary>
    internal sealed class LoggingShape
    {
        public const string Section = "Logging";

        public Dictionary<string, LogLevel> LogLevel { get; } = [];

        public Provider? Console { get; set; }

        public Provider? Debug { get; set; }

        public Provider? EventSource { get; set; }

        public Provider? EventLog { get; set; }

        internal sealed class Provider
        {
            public Dictionary<string, LogLevel> LogLevel { get; } = [];

            public string? FormatterName { get; set; }

            public Dictionary<string, string> FormatterOptions { get; } = [];

            public LogLevel? LogToStandardErrorThreshold { get; set; }

            public int? MaxQueueLength { get; set; }

            public string? QueueFullMode { get; set; }

            public bool? IncludeScopes { get; set; }
        }
    }
}
