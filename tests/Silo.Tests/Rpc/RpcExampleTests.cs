using System.Diagnostics;
using System.Text.RegularExpressions;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Rpc;

/// <summary>The example of docs/grpc.md, with modules that Debian's protoc and plugin generate.</summary>
public sealed partial class RpcExampleTests(RpcAgentFixture fixture) : IClassFixture<RpcAgentFixture>, IDisposable
{
    private const string Plugin = "/usr/bin/grpc_python_plugin";

    private const string WellKnown = "/usr/include/google/protobuf/timestamp.proto";

    /// <summary>Debian's, which has Debian's modules.</summary>
    private const string Python = "/usr/bin/python3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-python-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Example_AgainstAnAgent_PrintsStatusOrdersAndARefusal()
    {
        var isHere = new[] { Plugin, Python, WellKnown }.All(File.Exists) && (await RunAsync(Python, "-c", "import grpc")).ExitCode == 0;
        if (!isHere && Environment.GetEnvironmentVariable("BTCAGENT_REQUIRE_SERVICES") != "1")
        {
            Assert.Skip("needs python3-grpcio, protobuf-compiler-grpc and libprotobuf-dev: eng/install-tools installs them");
        }

        var root = Path.GetFullPath(Path.Combine(GoldenFile.Folder, "..", "..", ".."));
        var contracts = Path.Combine(root, "src", "Contracts");
        var protos = Directory.GetFiles(Path.Combine(contracts, "Protos", "operator", "v1"), "*.proto");
        var generated = await RunAsync(
            "protoc",
            [$"-I{contracts}", $"--plugin=protoc-gen-grpc_python={Plugin}", $"--python_out={_folder.FullName}", $"--grpc_python_out={_folder.FullName}", .. protos]);
        Assert.True(generated.ExitCode == 0, generated.Output);
        var example = Example().Match(await File.ReadAllTextAsync(Path.Combine(root, "docs", "grpc.md"), TestContext.Current.CancellationToken)).Groups[1].Value;
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "example.py"), example, TestContext.Current.CancellationToken);
        var key = Path.Combine(_folder.FullName, "operator.key");
        await File.WriteAllTextAsync(key, fixture.Agent.Key, TestContext.Current.CancellationToken);

        var run = await RunAsync(Python, Path.Combine(_folder.FullName, "example.py"), fixture.Agent.GrpcAddress.Authority, key);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("Simulator paper", run.Output, StringComparison.Ordinal);
        Assert.Matches("ba-[0-9a-f]{16}-0 ", run.Output);
        Assert.Contains("{\"instrument\":\"BINANCE:BTCUSDT\",", run.Output, StringComparison.Ordinal);
        Assert.Contains("INVALID_ARGUMENT reason needs", run.Output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
