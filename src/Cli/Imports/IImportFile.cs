using BtcAgent.Domain.Facts;
using BtcAgent.History.Imports;

namespace BtcAgent.Cli.Imports;

/// <summary>A file to import. It is read twice, and must give the same rows each time.</summary>
internal interface IImportFile
{
    string Path { get; }

    ImportFormat Format { get; }

    /// <summary>Topic of its facts.</summary>
    FactTopic Topic { get; }

    /// <summary>Beginning of the name of its content in the history.</summary>
    string SourcePrefix { get; }

    /// <summary>Beginnings of the names of sources whose trades must not be on the same day.</summary>
    IReadOnlyCollection<string> OtherSources { get; }

    /// <summary>Options that decide which rows the content gives, as text.</summary>
    string Options { get; }

    /// <summary>True when bars of several intervals are in it on purpose.</summary>
    bool HasManyIntervals { get; }

    /// <summary><c>line</c>, or <c>row</c> where the file has no lines.</summary>
    string LineName { get; }

    /// <param name="withMessages">Whether the rows have their messages.</param>
    /// <param name="remark">Receives what was assumed or left out.</param>
    IEnumerable<ImportRow> Read(bool withMessages, Action<string> remark);
}
