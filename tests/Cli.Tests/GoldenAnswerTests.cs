using System.Text.Json;
using System.Text.Json.Serialization;
using BtcAgent.Cli.Alerts;
using BtcAgent.Cli.Audits;
using BtcAgent.Cli.Backtests;
using BtcAgent.Cli.Backups;
using BtcAgent.Cli.Confirmations;
using BtcAgent.Cli.Datasets;
using BtcAgent.Cli.Doctor;
using BtcAgent.Cli.Downloads;
using BtcAgent.Cli.Experiments;
using BtcAgent.Cli.Histories;
using BtcAgent.Cli.Imports;
using BtcAgent.Cli.Keys;
using BtcAgent.Cli.Models;
using BtcAgent.Cli.Operations;
using BtcAgent.Cli.Optimizing;
using BtcAgent.Cli.Output;
using BtcAgent.Cli.Posts;
using BtcAgent.Cli.Profiles;
using BtcAgent.Cli.Replays;
using BtcAgent.Cli.Strategies;
using BtcAgent.Cli.Tapes;
using BtcAgent.Cli.Training;
using BtcAgent.Cli.Watching;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Alerts;
using BtcAgent.Domain.Alerts;
using BtcAgent.Domain.Trading;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests;

/// <summary>What commands print with <c>--json</c>, which scripts read.</summary>
public sealed class GoldenAnswerTests
{
    private static readonly Specimen Specimens = new(
        Price.Parse("61837.63"),
        Quantity.Parse("0.0125"),
        InstrumentId.Parse("BINANCE:BTCUSDT"),
        Timestamp.FromUnixMilliseconds(1_795_910_400_123),
        new DecisionId("0123456789abcdef"));

    private static readonly Type[] Printed =
    [
        typeof(BacktestSummary), typeof(WrittenReport), typeof(DatasetSummary), typeof(ConvertedModel), typeof(ExplainedScore), typeof(ShownModel),
        typeof(VerifiedModel), typeof(ReplayReport), typeof(RecordedTape), typeof(ReplaySummary), typeof(Decision), typeof(TrainingSummary),
        typeof(NewStrategy), typeof(StrategyList), typeof(CheckedStrategy), typeof(ListedHistory), typeof(CheckedHistory), typeof(ExportedRange),
        typeof(ImportedFiles), typeof(DownloadedFiles), typeof(ShownBackup), typeof(BackupList),
        typeof(VerifiedAudit), typeof(ShownAudit), typeof(ExportedAudit), typeof(AbSimulation), typeof(OptimizeSummary), typeof(BenchmarkSummary),
    ];

    /// <summary>Printed in the shape of the agent's API.</summary>
    private static readonly Type[] PrintedOfAgents =
    [
        typeof(AgentReport), typeof(OrderList), typeof(PositionList), typeof(TradeList), typeof(DecisionList), typeof(RiskReport), typeof(ChangedLimit),
        typeof(ModelList), typeof(ControlOutcome), typeof(ListedProfiles), typeof(WatchUpdate), typeof(Examination),
        typeof(AlertList), typeof(Alert), typeof(TestedChannels), typeof(KeyList), typeof(IssuedKeyFile), typeof(ConfirmationList),
        typeof(ExperimentList), typeof(FetchedAudit), typeof(ScoredPost), typeof(ListedScorers), typeof(TalliedPosts),
        typeof(PostList), typeof(SentimentView), typeof(SourcesView), typeof(BudgetView), typeof(EconomyView),
    ];

    /// <summary>As the commands print, with the API's own types by name: OpenApi.json of Client.Tests has their shapes.</summary>
    private static readonly JsonSerializerOptions OwnParts = WithNamesOfApiTypes();

    public static TheoryData<Type> Answers => [.. Printed];

    public static TheoryData<Type> AnswersOfAgents => [.. PrintedOfAgents];

    [Theory, MemberData(nameof(Answers))]
    public void Result_OfACommand_HasTheGoldenShape(Type answer)
    {
        using var printed = new StringWriter();
        new CommandOutput(json: true, printed, TextWriter.Null).Result(Specimens.Of(answer), _ => { });

        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(printed.ToString()).RootElement.ValueKind);
        GoldenFile.Check($"Answers/{answer.Name}.json", printed.ToString());
    }

    [Fact]
    public void Results_GoldenFiles_AreOfAnswers() => GoldenFile.CheckNoOthers("Answers", Printed.Select(answer => $"{answer.Name}.json"));

    [Theory, MemberData(nameof(AnswersOfAgents))]
    public void Answer_OfAnAgentsCommand_HasTheGoldenShape(Type answer)
    {
        var isOwn = answer.Assembly == typeof(CommandOutput).Assembly;
        var printed = JsonSerializer.Serialize(Specimens.Of(answer), answer, isOwn ? OwnParts : AgentJson.Indented);

        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(printed).RootElement.ValueKind);
        GoldenFile.Check($"AgentAnswers/{answer.Name}.json", printed);
    }

    [Fact]
    public void Answer_OfAnAgentsCommand_IsPrintedLikeTheApi()
    {
        using var printed = new StringWriter();
        new CommandOutput(json: true, printed, TextWriter.Null).Answer((OrderList)Specimens.Of(typeof(OrderList)), _ => { });

        Assert.Contains("\"status\": \"initialized\"", printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_GoldenFiles_AreOfAnswers() => GoldenFile.CheckNoOthers("AgentAnswers", PrintedOfAgents.Select(answer => $"{answer.Name}.json"));

    private static JsonSerializerOptions WithNamesOfApiTypes()
    {
        var options = new JsonSerializerOptions(AgentJson.Indented);
        options.Converters.Insert(0, new NamesOfApiTypes());
        return options;
    }

    private sealed class NamesOfApiTypes : JsonConverterFactory
    {
        private static readonly string[] Apis = ["BtcAgent.Client.Api", "BtcAgent.Contracts.", "BtcAgent.Domain."];

        public override bool CanConvert(Type typeToConvert) =>
            !typeToConvert.IsEnum && Apis.Any(api => typeToConvert.Namespace?.StartsWith(api, StringComparison.Ordinal) == true);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(NameOf<>).MakeGenericType(typeToConvert))!;

        private sealed class NameOf<T> : JsonConverter<T>
        {
            public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
                writer.WriteStringValue($"{typeof(T).Name} of the API");
        }
    }
}
