namespace Crdt.Tests.Architecture.Arrows;

/// <summary>Holds the projects of the product against a table of what each may reach.</summary>
internal sealed class ArrowChecker(IReadOnlyList<Arrow> table, IEnumerable<ProjectFile> projects)
{
    /// <summary>The one project that others may give to their compilers.</summary>
    private const string Generators = "Crdt.Generators";

    private readonly Dictionary<string, ProjectFile> _projects = projects.ToDictionary(project => project.Name);

    /// <summary>One sentence for every arrow that points the wrong way.</summary>
    public IReadOnlyList<string> Check() => [.. _projects.Values.SelectMany(Check)];

    private IEnumerable<string> Check(ProjectFile project)
    {
        var arrow = table.SingleOrDefault(arrow => arrow.Project == project.Name);
        if (arrow is null) return [$"{project.Name} is not in the table of arrows: add it to the table in tests/Architecture/Arrows/Arrow.cs."];
        var analyzers = project.Analyzers.Where(name => name != Generators).Select(name => $"{project.Name} ┄► {name}: only {Generators} is an analyzer.");
        return Walk(arrow, project, project.Name, []).Concat(analyzers);
    }

    // Every project is entered once, by the first path that leads to it.
    private IEnumerable<string> Walk(Arrow arrow, ProjectFile project, string path, HashSet<string> seen)
    {
        foreach (var package in project.Packages)
        {
            if (seen.Add($"package {package}") && !arrow.AllowsPackage(package)) yield return $"{path} ─► package {package}: {arrow.Project} may not use it.";
        }

        foreach (var name in project.Projects)
        {
            if (!seen.Add(name)) continue;
            var longer = $"{path} ─► {name}";
            if (!arrow.AllowsProject(name)) yield return $"{longer}: {arrow.Project} may not depend on it.";
            else if (!_projects.TryGetValue(name, out var next)) yield return $"{longer}: there is no such project in src.";
            else foreach (var violation in Walk(arrow, next, longer, seen)) yield return violation;
        }
    }
}
