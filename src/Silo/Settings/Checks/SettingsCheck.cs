using System.Globalization;

namespace BtcAgent.Silo.Settings.Checks;

/// <summary>
/// Compares every key of every source with the options that read it. The binder ignores unknown keys, so a misspelt limit would
/// have no effect; and it throws at the first value of a wrong type without naming the source. Ranges are
/// checked here too: the validators of the options, which run later, know a value but not its source.
/// </summary>
internal sealed class SettingsCheck
{
    private readonly SettingSources _sources;
    private readonly List<string> _problems = [];

    private SettingsCheck(SettingSources sources) => _sources = sources;

    /// <exception cref="SettingsException">A key is unknown, or its value has a wrong type.</exception>
    public static void Demand(IConfigurationRoot configuration, AgentSettings settings)
    {
        var problems = Problems(configuration, settings.Overrides.Select(pair => pair.Key));
        if (problems.Count > 0)
        {
            throw new SettingsException(problems);
        }
    }

    /// <param name="configuration">All sources.</param>
    /// <param name="overrides">Keys given with <c>--set</c>.</param>
    public static IReadOnlyList<string> Problems(IConfigurationRoot configuration, IEnumerable<string> overrides)
    {
        var check = new SettingsCheck(new SettingSources(configuration, overrides));
        foreach (var root in configuration.GetChildren())
        {
            if (KnownSections.Ours.TryGetValue(root.Key, out var type))
            {
                check.Walk(root, new SettingMember(root.Key, type, []));
            }
            else if (!KnownSections.OfOthers.Contains(root.Key, StringComparer.OrdinalIgnoreCase))
            {
                check.JudgeForeign(root);
            }
        }

        return check._problems;
    }

    private void Walk(IConfigurationSection section, SettingMember member)
    {
        var shape = SettingShape.Of(member.Type);
        if (shape.IsValue)
        {
            foreach (var child in section.GetChildren())
            {
                Add(child, $"{section.Path} is a value, not a section: set {section.Path} itself");
            }

            if (_sources.Describe(section.Path) is { } source
                && (shape.Problem(section.Value, out var value) ?? member.Problem(value)) is { } problem)
            {
                _problems.Add($"{section.Path} is '{section.Value}' ({source}): {problem}");
            }

            return;
        }

        if (!string.IsNullOrEmpty(section.Value))
        {
            Add(section, shape.Entry is null ? $"it is a section, not a value: set one of {Names(section, shape)}"
                : shape.HasFreeNames ? $"it holds names: set {section.Path}:NAME"
                : $"it is a list: set {section.Path}:0, {section.Path}:1, …");
        }

        foreach (var child in section.GetChildren())
        {
            WalkChild(section, shape, child);
        }
    }

    private void WalkChild(IConfigurationSection section, SettingShape shape, IConfigurationSection child)
    {
        if (shape.Entry is { } entry)
        {
            if (shape.HasFreeNames || int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                Walk(child, new SettingMember(child.Key, entry, []));
            }
            else
            {
                AddUnknown(child, $"{section.Path} is a list with entries 0, 1, …");
            }

            return;
        }

        var known = Members(section, shape).FirstOrDefault(member => member.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
        if (known.Type is not null)
        {
            Walk(child, known);
            return;
        }

        AddUnknown(child, NearestName.Of(child.Key, Members(section, shape).Select(member => member.Name)) is { } near
            ? $"did you mean {section.Path}:{near}?"
            : $"{section.Path} has {Names(section, shape)}");
    }

    /// <summary>
    /// Judges an unknown name at the root; an environment variable only if it resembles one of this program's sections.
    /// </summary>
    private void JudgeForeign(IConfigurationSection root)
    {
        var near = NearestName.Of(root.Key, KnownSections.Roots);
        foreach (var leaf in Leaves(root))
        {
            if (_sources.IsEnvironment(leaf.Path))
            {
                if (near is not null && HasMember(near, leaf.Path))
                {
                    AddUnknown(leaf, $"there is no section {root.Key}, did you mean {near}?");
                }
            }
            else if (_sources.Describe(leaf.Path) is not null)
            {
                AddUnknown(leaf, near is not null ? $"there is no section {root.Key}, did you mean {near}?"
                    : $"there is no section {root.Key}; there are {string.Join(", ", KnownSections.Roots.Order(StringComparer.Ordinal))}");
            }
        }
    }

    /// <summary>Returns true when the second part of the path is, or resembles, a name in the section.</summary>
    private static bool HasMember(string section, string path)
    {
        var parts = path.Split(':');
        return parts.Length > 1 && SettingShape.Of(KnownSections.Ours[section]).Members
            .Any(member => NearestName.Distance(member.Name, parts[1]) <= 1);
    }

    private static IEnumerable<SettingMember> Members(IConfigurationSection section, SettingShape shape) =>
        shape.Members.Concat(KnownSections.Below(section.Path));

    private static string Names(IConfigurationSection section, SettingShape shape) =>
        string.Join(", ", Members(section, shape).Select(member => member.Name).Order(StringComparer.Ordinal));

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section)
    {
        var children = section.GetChildren().ToArray();
        return children.Length == 0 ? [section] : children.SelectMany(Leaves);
    }

    /// <summary>
    /// Adds one line for each value below an unknown key, without the value, which may be a secret under a misspelt name.
    /// </summary>
    private void AddUnknown(IConfigurationSection section, string remedy)
    {
        foreach (var leaf in Leaves(section))
        {
            Add(leaf, $"unknown setting: {remedy}");
        }
    }

    private void Add(IConfigurationSection leaf, string problem) =>
        _problems.Add(_sources.Describe(leaf.Path) is { } source ? $"{leaf.Path} ({source}): {problem}" : $"{leaf.Path}: {problem}");
}
