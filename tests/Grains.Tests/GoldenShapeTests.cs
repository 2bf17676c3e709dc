using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain;
using BtcAgent.Domain.Trading;
using BtcAgent.Storage.Embedded;
using BtcAgent.Testing;
using Google.Protobuf.Reflection;

namespace BtcAgent.Grains.Tests;

/// <summary>Data in stores, the journal and Kafka has the shape of the golden files, which this version reads.</summary>
public sealed class GoldenShapeTests
{
    private static readonly Specimen Specimens = new(
        Price.Parse("61837.63"),
        Quantity.Parse("0.0125"),
        InstrumentId.Parse("BINANCE:BTCUSDT"),
        Timestamp.FromUnixMilliseconds(1_795_910_400_123),
        new DecisionId("0123456789abcdef"));

    private static readonly JsonSerializerOptions Stored = new(SqliteGrainStorage.Json) { WriteIndented = true };

    private static readonly JsonSerializerOptions Journal = new(FactsWire.Json) { WriteIndented = true };

    public static TheoryData<Type> States =>
    [
        .. typeof(TradingGrainsExtensions).Assembly.GetTypes()
            .SelectMany(type => type.GetConstructors())
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parameter.IsDefined(typeof(PersistentStateAttribute), inherit: false))
            .Select(parameter => parameter.ParameterType.GetGenericArguments()[0]),
    ];

    public static TheoryData<string> Messages => [.. Files.SelectMany(file => file.MessageTypes).Select(message => message.Name)];

    private static IEnumerable<FileDescriptor> Files => typeof(FactsWire).Assembly.GetTypes()
        .Select(type => type.GetProperty("Descriptor", typeof(FileDescriptor))?.GetValue(null))
        .OfType<FileDescriptor>();

    [Theory, MemberData(nameof(States))]
    public void State_InFull_HasTheGoldenShapeAndIsReadFromIt(Type state) => Check($"State/{state.Name}.json", state, Stored);

    [Fact]
    public void States_GoldenFiles_AreOfStates() =>
        GoldenFile.CheckNoOthers("State", States.Select(row => $"{row.Data.Name}.json"));

    [Fact]
    public void Decision_InFull_HasTheGoldenShapeAndIsReadFromIt() => Check("Journal/Decision.json", typeof(Decision), Journal);

    /// <summary>Older journals and logs contain members that no longer exist.</summary>
    [Fact]
    public void Decision_WithMembersThatAreGone_IsRead()
    {
        var text = File.ReadAllText(Path.Combine(GoldenFile.Folder, "Journal/Decision.json"));
        var old = JsonNode.Parse(text)!;
        old["risk"]!["evidence"]!["lastOrderTime"] = null;
        old["risk"]!["intent"]!["displayQuantity"] = null;

        var read = old.Deserialize<Decision>(Journal);

        Assert.Equal(text.TrimEnd(), JsonSerializer.Serialize(read, Journal));
    }

    [Theory, MemberData(nameof(Messages))]
    public void Message_FieldsAndNumbers_AreTheGoldenOnes(string message) =>
        GoldenFile.Check($"Protobuf/{message}.txt", Describe(Files.SelectMany(file => file.MessageTypes).Single(m => m.Name == message)));

    [Fact]
    public void Messages_GoldenFiles_AreOfMessages() => GoldenFile.CheckNoOthers("Protobuf", Messages.Select(row => $"{row.Data}.txt"));

    private static void Check(string name, Type type, JsonSerializerOptions options)
    {
        var text = JsonSerializer.Serialize(Specimens.Of(type), type, options);
        GoldenFile.Check(name, text);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type, options), type, options));
    }

    private static string Describe(MessageDescriptor message)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"message {message.FullName}\n");
        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            text.Append(CultureInfo.InvariantCulture, $"{field.FieldNumber,4} {field.Name}: {Label(field)}{TypeOf(field)}\n");
        }

        foreach (var type in message.Fields.InFieldNumberOrder().Where(f => f.FieldType == FieldType.Enum).Select(f => f.EnumType).Distinct())
        {
            text.Append(CultureInfo.InvariantCulture, $"enum {type.FullName}\n");
            foreach (var value in type.Values)
            {
                text.Append(CultureInfo.InvariantCulture, $"{value.Number,4} {value.Name}\n");
            }
        }

        foreach (var nested in message.NestedTypes)
        {
            text.Append(Describe(nested));
        }

        return text.ToString();
    }

    private static string Label(FieldDescriptor field) =>
        field.IsRepeated ? "repeated " : field.RealContainingOneof is { } one ? $"oneof {one.Name} " : field.HasPresence && field.FieldType != FieldType.Message ? "optional " : "";

    private static string TypeOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        var scalar => scalar.ToString().ToLowerInvariant(),
    };
}
