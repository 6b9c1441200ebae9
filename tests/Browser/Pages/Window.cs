using Microsoft.Playwright;

namespace Crdt.Tests.Browser.Pages;

/// <summary>A window with the page, used as people do: by what it says, not by how it is made.</summary>
internal sealed class Window(IPage page)
{
    private const float Longest = 20_000;
    private readonly List<string> _errors = [];

    public IPage Page { get; } = page;

    /// <summary>What went wrong in the page's scripts.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Waits until the page shows its replica.</summary>
    public async Task<Window> ReadyAsync()
    {
        Page.SetDefaultTimeout(Longest);
        Page.PageError += (_, error) => _errors.Add(error);
        await Page.WaitForSelectorAsync("main[aria-busy=false]");
        return this;
    }

    /// <summary>Waits until the line in its head says something.</summary>
    public Task SaysAsync(string words) => Assertions.Expect(Page.GetByRole(AriaRole.Status)).ToContainTextAsync(words, new() { Timeout = Longest });

    /// <summary>Waits until it lists some people and places: each with its name, and its tags or its stock.</summary>
    public Task ShowsAsync(params string[] nodes) => Assertions.Expect(Nodes).ToHaveTextAsync(nodes, new() { Timeout = Longest });

    /// <summary>Waits until it lists somebody or something, among others.</summary>
    public Task ListsAsync(string node) => Assertions.Expect(Nodes.Filter(new() { HasText = node })).Not.ToHaveCountAsync(0, new() { Timeout = Longest });

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task SwitchAsync() => Page.GetByRole(AriaRole.Switch).ClickAsync();

    public async Task ChooseAsync(string node)
    {
        await OpenAsync("People & places");
        await Nodes.Filter(new() { HasText = node }).First.ClickAsync();
    }

    public async Task RenameAsync(string node, string name)
    {
        await ChooseAsync(node);
        await Page.GetByLabel("Name").FillAsync(name);
        await PressAsync("Rename");
        await ListsAsync(name);
    }

    public async Task MoveAsync(string person, string place)
    {
        await ChooseAsync(person);
        await Page.GetByLabel("Lives in").SelectOptionAsync(new SelectOptionValue { Label = place });
        await PressAsync("Move");
        await Assertions.Expect(Page.GetByLabel("Lives in").Locator("option:checked")).ToHaveTextAsync(place, new() { Timeout = Longest });
    }

    /// <summary>Opens one of the panels.</summary>
    public Task OpenAsync(string panel) => Page.GetByRole(AriaRole.Tab, new() { Name = panel }).ClickAsync();

    /// <summary>Waits until so many conflicts are listed, and gives the text of each.</summary>
    public async Task<IReadOnlyList<string>> ConflictsAsync(int count)
    {
        await OpenAsync("Conflicts");
        await Assertions.Expect(Page.Locator("#inbox article")).ToHaveCountAsync(count, new() { Timeout = Longest });
        return await Page.Locator("#inbox article").AllInnerTextsAsync();
    }

    private ILocator Nodes => Page.GetByRole(AriaRole.Group, new() { Name = "All people and places" }).GetByRole(AriaRole.Button);
}
