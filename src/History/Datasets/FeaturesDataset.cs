using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Feature samples: one column per feature of this version, and a list for samples of other versions.</summary>
/// <param name="knownSchemas">Hashes of schemas whose values have the order of this version's features.</param>
internal sealed class FeaturesDataset(IReadOnlySet<ulong> knownSchemas) : Dataset
{
    private static readonly ImmutableArray<FeatureDefinition> Features = FeatureSchema.Create(new FeatureOptions()).Definitions;

    public override string Name => "features";

    public override FactTopic Topic => FactTopic.Features;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("receive_time", ColumnType.Time, "the agent's clock at the last event included"),
        new("receive_nanos", ColumnType.Nanos, "in queries `receive_ns`: receive time in nanoseconds since 1970 UTC"),
        new("last_sequence", ColumnType.Whole, "last market event included"),
        new("schema_hash", ColumnType.Text, "names, order and formulas of the values"),
        new("is_warm", ColumnType.Flag, "every feature that can be known has a full window"),
        new("book_in_sync", ColumnType.Flag, "the rebuilt book had no gap"),
        new("bid_price_e8", ColumnType.Units, "best bid"),
        new("ask_price_e8", ColumnType.Units, "best ask"),
        .. Features.Select(feature => new DatasetColumn(feature.Name, ColumnType.Single, $"{feature.Formula}; {feature.Unit}", IsNullable: true)),
        new("other_values", ColumnType.SingleList, "values of a sample with another schema, in its order", IsNullable: true),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var sample = (FeatureVector)message;
        rows.Begin(sample.Instrument, sample.EventTime).Time(sample.ReceiveTime).Whole(sample.LastSequence)
            .Text(sample.SchemaHash.ToString("x16", CultureInfo.InvariantCulture)).Flag(sample.IsWarm).Flag(sample.BookInSync)
            .Whole(sample.BidPrice).Whole(sample.AskPrice);
        var isKnown = knownSchemas.Contains(sample.SchemaHash) && sample.Values.Count == Features.Length;
        for (var i = 0; i < Features.Length; i++)
        {
            rows.SingleOrNull(isKnown ? sample.Values[i] : null);
        }

        (isKnown ? rows.Null() : rows.List(sample.Values)).End();
    }
}
