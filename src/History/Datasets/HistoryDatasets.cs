using System.Collections.Immutable;
using BtcAgent.Domain.Features;

namespace BtcAgent.History.Datasets;

/// <summary>The data sets of the history.</summary>
public static class HistoryDatasets
{
    /// <param name="schemas">Feature schemas of the agent; their samples get a column per feature.</param>
    public static ImmutableArray<Dataset> Create(params IEnumerable<FeatureSchema> schemas) =>
    [
        new TradesDataset(),
        new QuotesDataset(),
        new BookDataset(),
        new BarsDataset(),
        new FeaturesDataset(schemas.Append(FeatureSchema.Create(new FeatureOptions())).Select(schema => schema.Hash).ToHashSet()),
        new SignalsDataset(),
        new DecisionsDataset(),
        new OrdersDataset(),
        new FillsDataset(),
        new PositionsDataset(),
        new EquityDataset(),
        new RiskDataset(),
        new LatencyDataset(),
        new PostsDataset(),
        new SentimentDataset(),
    ];
}
