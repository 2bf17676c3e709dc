using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace BtcAgent.Storage.Postgres;

/// <summary>The migrations of one schema.</summary>
public sealed class MigrationSet
{
    private const string StoreFolder = "Migrations/";

    private MigrationSet(string schema, IReadOnlyList<Migration> all)
    {
        Schema = schema;
        All = all;
        Span<byte> name = stackalloc byte[sizeof(long)];
        Encoding.ASCII.GetBytes(schema.AsSpan(0, Math.Min(schema.Length, name.Length)), name);
        LockKey = BinaryPrimitives.ReadInt64BigEndian(name);
    }

    /// <summary>The migrations of the agent's store.</summary>
    public static MigrationSet Store { get; } = FromResources(PostgresConnection.Schema, typeof(MigrationSet).Assembly, StoreFolder);

    /// <summary>Schema of all objects, and of the table <c>schema_migration</c> that lists what was applied.</summary>
    public string Schema { get; }

    /// <summary>Key of the advisory lock: the first eight letters of the schema in ASCII.</summary>
    public long LockKey { get; }

    /// <summary>In order.</summary>
    public IReadOnlyList<Migration> All { get; }

    /// <summary>Reads the migrations embedded in an assembly, named <c>NNNN_what.sql</c>.</summary>
    /// <param name="schema">Schema of all objects.</param>
    /// <param name="assembly">Assembly that contains them.</param>
    /// <param name="folder">Beginning of the resources' names, with the closing slash.</param>
    /// <param name="choose">Chooses the statements for the server at hand; null takes the text as it is.</param>
    public static MigrationSet FromResources(string schema, Assembly assembly, string folder, Func<string, string>? choose = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(schema);
        ArgumentNullException.ThrowIfNull(assembly);
        return new MigrationSet(
            schema,
            [
                .. assembly.GetManifestResourceNames()
                    .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
                    .Select(resource => Read(assembly, resource, resource[folder.Length..], choose)),
            ]);
    }

    private static Migration Read(Assembly assembly, string resource, string name, Func<string, string>? choose)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = reader.ReadToEnd();
        return new Migration(int.Parse(name[..4], CultureInfo.InvariantCulture), name, choose is null ? text : choose(text));
    }
}
