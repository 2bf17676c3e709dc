using Microsoft.Extensions.Options;

namespace BtcAgent.Storage.Backups;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
public sealed partial class BackupOptionsValidator : IValidateOptions<BackupOptions>;
