using System.Text;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Testing;

namespace BtcAgent.Models.LightGbm.Tests.Artefacts;

/// <summary>The manifest of an artefact, whose bytes are part of its hash.</summary>
public sealed class GoldenManifestTests
{
    [Fact]
    public void Manifest_InFull_HasTheGoldenShape() =>
        GoldenFile.Check("ModelManifest.json", Encoding.UTF8.GetString(((ModelManifest)new Specimen().Of(typeof(ModelManifest))).ToJson()));
}
