using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Training;

/// <summary>The origin of a model, except its parameters.</summary>
public static class TrainingLineage
{
    /// <param name="dataset">The training data.</param>
    /// <param name="source">Description of the data.</param>
    public static ImmutableSortedDictionary<string, string> Of(StoredDataset dataset, string source) =>
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal)
            .Add("code_version", typeof(TrainingLineage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion)
            .Add("data", source)
            .Add("data_hash", DatasetHash.Of(dataset))
            .Add("rows", dataset.Rows.Rows.ToString(CultureInfo.InvariantCulture));
}
