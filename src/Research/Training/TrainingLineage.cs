using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Training;

/// <summary>Where a model came from, but for its parameters.</summary>
public static class TrainingLineage
{
    /// <param name="dataset">Trained on.</param>
    /// <param name="source">What the data is, in words.</param>
    public static ImmutableSortedDictionary<string, string> Of(StoredDataset dataset, string source) =>
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal)
            .Add("code_version", typeof(TrainingLineage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion)
            .Add("data", source)
            .Add("data_hash", DatasetHash.Of(dataset))
            .Add("rows", dataset.Rows.Rows.ToString(CultureInfo.InvariantCulture));
}
