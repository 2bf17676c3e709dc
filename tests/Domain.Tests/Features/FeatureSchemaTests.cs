using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Tests.Features;

public sealed class FeatureSchemaTests
{
    private static readonly FeatureSchema Schema = FeatureSchema.Create(new FeatureOptions());

    [Fact]
    public void Hash_DefaultOptions_IsTheRecordedOne() => Assert.Equal(4022058276501374371UL, Schema.Hash);

    [Fact]
    public void Hash_AnyOptionChanged_Differs()
    {
        FeatureOptions[] options =
        [
            new(), new() { BarIntervalMs = 2_000 }, new() { SampleIntervalMs = 2_000 }, new() { VpinBucketBase = 2.5 },
        ];

        Assert.Distinct(options.Select(o => FeatureSchema.Create(o).Hash));
        Assert.Equal(Schema.Hash, FeatureSchema.Create(new FeatureOptions()).Hash);
    }

    [Fact]
    public void Definitions_Catalog_HasAtLeastFortyDistinctNamesInOrder()
    {
        Assert.InRange(Schema.Count, 40, 200);
        Assert.Distinct(Schema.Definitions.Select(d => d.Name));
        Assert.Equal(Enumerable.Range(0, Schema.Count), Schema.Definitions.Select(d => Schema.IndexOf(d.Name)));
    }

    [Fact]
    public void IndexOf_UnknownName_ListsTheKnown()
    {
        var error = Assert.Throws<ArgumentException>(() => Schema.IndexOf("nothing"));

        Assert.Contains("ofi_1s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Document_EveryFeature_StandsWithGroupUnitFormulaAndSource()
    {
        var rows = File.ReadAllLines(DocumentPath());
        foreach (var d in Schema.Definitions)
        {
            Assert.Contains($"| `{d.Name}` | {d.Group} | {d.Unit} | {d.Formula.Replace("|", "\\|")} | {d.Source} |", rows);
        }
    }

    private static string DocumentPath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "docs", "features.md");
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException("docs/features.md above the test's folder");
    }
}
