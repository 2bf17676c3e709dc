using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BtcAgent.Testing;

/// <summary>
/// A private PostgreSQL server on 127.0.0.1, started at first use, removed with its data when disposed. Trusts everyone
/// and does not sync to the disk: commits survive a killed server, but not a power failure.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Another process may take the free port before the server does.</summary>
    private const int StartsMax = 3;

    /// <summary>Each database of a test project has its own pool.</summary>
    private const int ConnectionsMax = 200;

    private readonly SemaphoreSlim gate = new(1, 1);
    private string? programs;
    private string? folder;
    private int databases;

    /// <summary>Whether the server archives its log, for <see cref="RestoreAsync"/>.</summary>
    public bool Archives { get; init; }

    /// <summary>Port of the server, unchanged by a restart; 0 before the first start.</summary>
    public int Port { get; private set; }

    /// <summary>Connection string of the database <c>postgres</c>.</summary>
    public string ConnectionString => ConnectionTo("postgres");

    /// <summary>Connection string of a new, empty database. Starts the server as needed.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await StartAsync();
        var name = $"test{Interlocked.Increment(ref databases)}";
        var port = Port.ToString(CultureInfo.InvariantCulture);
        await RunAsync("createdb", "-h", "127.0.0.1", "-p", port, "-U", "postgres", name);
        return ConnectionTo(name);
    }

    /// <summary>
    /// Returns when the server accepts connections. Skips the test with a reason if PostgreSQL is not installed; fails it if
    /// <c>BTCAGENT_REQUIRE_SERVICES</c> is 1.
    /// </summary>
    public async Task StartAsync()
    {
        await gate.WaitAsync();
        try
        {
            programs ??= Find();
            if (folder is null)
            {
                await CreateAsync();
            }
            else if (!IsRunning)
            {
                await StartServerAsync();
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <param name="immediate">True acts like a crash: connections are cut, nothing is written.</param>
    public async Task StopAsync(bool immediate = false)
    {
        if (IsRunning)
        {
            await RunAsync("pg_ctl", "stop", "-w", "-D", DataFolder, "-m", immediate ? "immediate" : "fast");
        }
    }

    /// <summary>Copies the running server's files into its folder, as <c>pg_basebackup</c> does for an operator.</summary>
    public Task BaseBackupAsync(string name) => RunAsync(
        "pg_basebackup", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres",
        "-c", "fast", "-D", Path.Combine(folder!, name));

    /// <summary>Destroys the server's files and restores a base backup with the archived log up to an instant.</summary>
    /// <param name="name">The base backup.</param>
    /// <param name="instant">As PostgreSQL writes a time, with its zone.</param>
    public async Task RestoreAsync(string name, string instant)
    {
        await StopAsync(immediate: true);
        Directory.Delete(DataFolder, recursive: true);
        Directory.Move(Path.Combine(folder!, name), DataFolder);
        await File.AppendAllTextAsync(
            Path.Combine(DataFolder, "postgresql.auto.conf"),
            $"restore_command = 'cp {Archive}/%f %p'\nrecovery_target_time = '{instant}'\nrecovery_target_action = promote\n");
        await File.WriteAllTextAsync(Path.Combine(DataFolder, "recovery.signal"), "");
        await StartServerAsync();
    }

    /// <summary>Runs one of PostgreSQL's programs on a database of this server; returns its output.</summary>
    public Task<string> RunAsync(string program, string connectionString, IEnumerable<string> arguments) =>
        RunAsync(program, ["-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-d", DatabaseOf(connectionString), .. arguments]);

    /// <summary>A path that the server's user can write.</summary>
    public string PathOf(string name) => Path.Combine(folder!, name);

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
        {
            await StopAsync(immediate: true);
            Directory.Delete(folder, recursive: true);
            folder = null;
        }

        gate.Dispose();
    }

    private string DataFolder => Path.Combine(folder!, "data");

    private string Archive => Path.Combine(folder!, "archive");

    private static string DatabaseOf(string connectionString) => connectionString.Split("Database=")[1].Split(';')[0];

    private bool IsRunning => folder is not null && File.Exists(Path.Combine(DataFolder, "postmaster.pid"));

    private string ConnectionTo(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";

    private async Task CreateAsync()
    {
        var template = Path.Combine(Path.GetTempPath(), "btcagent-postgres-XXXXXX");
        folder = (await RunAsync("mktemp", "-d", template)).Trim();
        await RunAsync(
            "initdb", "-D", DataFolder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        if (Archives)
        {
            await RunAsync("mkdir", Archive);
            await File.AppendAllTextAsync(
                Path.Combine(DataFolder, "postgresql.conf"),
                $"archive_mode = on\narchive_command = 'test ! -f {Archive}/%f && cp %p {Archive}/%f'\n");
        }

        for (var start = 1; ; start++)
        {
            Port = FreePort();
            try
            {
                await StartServerAsync();
                return;
            }
            catch (InvalidOperationException) when (start < StartsMax)
            {
                // The next attempt uses another port.
                continue;
            }
        }
    }

    private Task StartServerAsync() => RunAsync(
        "pg_ctl", "start", "-w", "-D", DataFolder, "-l", Path.Combine(folder!, "log"),
        "-o", $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= "
        + $"-c fsync=off -c max_connections={ConnectionsMax}");

    /// <summary>Runs a program, as user <c>postgres</c> where we are root: PostgreSQL refuses root.</summary>
    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var found = Path.Combine(programs!, program);
        string[] command = [File.Exists(found) ? found : program, .. arguments];
        if (Environment.IsPrivilegedProcess)
        {
            command = ["runuser", "-u", "postgres", "--", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} was not started");
        using var limit = new CancellationTokenSource(CommandTimeout);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{program} ended with {process.ExitCode}: {await errors}{await output}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Folder of <c>initdb</c>: of Debian's newest version, else on the path.</summary>
    private static string Find()
    {
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderDescending(StringComparer.Ordinal)
            : Enumerable.Empty<string>();
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var candidates = versions.Select(version => Path.Combine(version, "bin")).Concat(path);
        if (candidates.FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, "initdb"))) is { } found)
        {
            return found;
        }

        const string Why = "needs PostgreSQL: run eng/install-tools, or put initdb and pg_ctl on the PATH";
        if (Environment.GetEnvironmentVariable("BTCAGENT_REQUIRE_SERVICES") == "1")
        {
            Assert.Fail(Why);
        }

        Assert.Skip(Why);
        throw new InvalidOperationException("unreachable: Assert.Skip throws");
    }
}
