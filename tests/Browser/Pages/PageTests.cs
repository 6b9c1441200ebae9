using Microsoft.Playwright;

namespace Crdt.Tests.Browser.Pages;

/// <summary>The page of samples/Browser, as people use it.</summary>
public sealed class PageTests(Site site, Demo demo) : IClassFixture<Demo>
{
    [Fact]
    public async Task Two_windows_that_are_edited_apart_come_to_show_the_same_and_list_the_same_conflicts()
    {
        var one = await OpenAsync(demo.Address, "ann");
        await one.PressAsync("Begin with an example");
        await one.SaysAsync("everything is synced");
        var other = await OpenAsync(demo.Address, "bo");
        await other.ListsAsync("Old town");
        await Shots.TakeAsync("browser-1-together", one, other);

        await one.SwitchAsync();
        await one.SaysAsync("Offline");
        await one.RenameAsync("Ann", "Anna");
        await one.MoveAsync("Dan", "Harbour");
        await one.ChooseAsync("Mill");
        await one.PressAsync("−1");
        await one.PressAsync("−1");
        await one.SaysAsync("Offline · 3 changes wait");
        await other.RenameAsync("Ann", "Annette");
        await other.MoveAsync("Dan", "Old town");
        await other.ChooseAsync("Mill");
        await other.PressAsync("+10");
        await other.SaysAsync("everything is synced");
        await other.ListsAsync("Mill15 in stock");
        await Shots.TakeAsync("browser-2-apart", one, other);

        await one.SwitchAsync();
        await one.SaysAsync("everything is synced");
        string[] shown = ["Annette#climbs", "Bo#cooks", "Cleo#paints", "Dan#climbs", "Eve#sails", "Finn#cooks", "Gita#sings", "Harbour12 in stock", "Mill13 in stock", "Old town30 in stock"];
        await one.ShowsAsync(shown);
        await other.ShowsAsync(shown);
        foreach (var window in (Window[])[one, other])
        {
            var conflicts = await window.ConflictsAsync(2);
            Assert.Contains(conflicts, text => text.Contains("Annette: name", StringComparison.Ordinal) && text.Contains("Anna", StringComparison.Ordinal));
            Assert.Contains(conflicts, text => text.Contains("Dan: lives in", StringComparison.Ordinal) && text.Contains("Harbour", StringComparison.Ordinal) && text.Contains("Old town", StringComparison.Ordinal));
        }

        await Shots.TakeAsync("browser-3-again", one, other);
        await other.PressAsync("Take this Anna");
        await one.ConflictsAsync(1);
        await other.ConflictsAsync(1);
        await one.ChooseAsync("Anna");
        await other.ChooseAsync("Anna");
        await Shots.TakeAsync("browser-4-settled", one, other);
        Assert.Empty(one.Errors.Concat(other.Errors));
    }

    [Fact]
    public async Task It_works_by_keyboard_alone()
    {
        var window = await OpenAsync(await demo.StartHubAsync(), "keyboard");
        await TabToAsync(window, "Add a person");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.GetByLabel("Name")).ToBeFocusedAsync();
        await window.Page.Keyboard.TypeAsync("Kim");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.ShowsAsync("Kim");
        await TabToAsync(window, "People & places");
        await window.Page.Keyboard.PressAsync("ArrowRight");
        await window.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Tab, new() { Name = "Cypher" })).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.Keyboard.PressAsync("Control+A");
        await window.Page.Keyboard.TypeAsync("MATCH (p:Person {Name: 'Kim'}) RETURN count(*) AS kims");
        await window.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(window.Page.Locator("#result")).ToContainTextAsync("1 row in");
        await Assertions.Expect(window.Page.Locator("#result td")).ToHaveTextAsync("1");
        await TabToAsync(window, "Online");
        await window.Page.Keyboard.PressAsync("Space");
        await window.SaysAsync("Offline");
    }

    [Fact]
    public async Task On_a_phone_in_the_dark_nothing_is_cut_off_and_it_works_by_touch()
    {
        var window = await new Window(await site.OpenAsync(new(await demo.StartHubAsync(), "/?replica=phone"), ColorScheme.Dark, width: 360, touch: true)).ReadyAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Add a place" }).TapAsync();
        await window.ListsAsync("Place 1");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "+10" }).TapAsync();
        await window.ListsAsync("Place 110 in stock");
        Assert.True(await window.Page.EvaluateAsync<bool>("[...document.querySelectorAll('body, main, .panels, #details, #details *')].every((element) => element.getBoundingClientRect().right <= 360)"));
        await Shots.TakeAsync("browser-phone", window);
        foreach (var panel in new[] { "Conflicts", "Cypher", "Inside" }) await window.Page.GetByRole(AriaRole.Tab, new() { Name = panel }).TapAsync();
        await Assertions.Expect(window.Page.Locator("#inside")).ToContainTextAsync("Version vector");
        await Shots.TakeAsync("browser-inside", window);
        Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 360"));
    }

    [Fact]
    public async Task Another_tab_shows_the_same_replica_and_goes_on_when_the_first_one_is_closed()
    {
        var hub = await demo.StartHubAsync();
        var first = await OpenAsync(hub, "tabs");
        var second = await OpenAsync(hub, "tabs", first);
        await Assertions.Expect(second.Page.Locator("#shared")).ToBeVisibleAsync();
        await second.PressAsync("Add a person");
        await first.ListsAsync("Person 1");
        Assert.Equal(await first.Page.InnerTextAsync("#replica"), await second.Page.InnerTextAsync("#replica"));
        await first.Page.CloseAsync();
        await Assertions.Expect(second.Page.Locator("#shared")).ToBeHiddenAsync(new() { Timeout = 20_000 });
        await second.ListsAsync("Person 1");
        await second.PressAsync("Add a place");
        await second.ListsAsync("Place 1");
        Assert.Empty(second.Errors);
    }

    [Fact]
    public async Task What_others_wrote_is_text_and_queries_cannot_write()
    {
        var window = await OpenAsync(await demo.StartHubAsync(), "hostile");
        await window.PressAsync("Add a person");
        await window.RenameAsync("Person", "<img src=x onerror=\"document.title='broken'\">");
        await window.OpenAsync("Cypher");
        await window.Page.GetByRole(AriaRole.Textbox).FillAsync("MATCH (p:Person) DELETE p");
        await window.PressAsync("Run");
        await Assertions.Expect(window.Page.Locator("#result [role=alert]")).ToContainTextAsync("write");
        await window.Page.GetByRole(AriaRole.Textbox).FillAsync("MATCH (p:Person) RETURN p.Name");
        await window.PressAsync("Run");
        await Assertions.Expect(window.Page.Locator("#result")).ToContainTextAsync("<img src=x");
        Assert.Equal(0, await window.Page.Locator("img").CountAsync());
        Assert.Empty(window.Errors);
    }

    /// <summary>Changes come in while somebody types and chooses: nothing of that is lost, and the focus stays.</summary>
    [Fact]
    public async Task What_is_being_typed_stays_while_others_change_the_same()
    {
        var hub = await demo.StartHubAsync();
        var one = await OpenAsync(hub, "typing");
        await one.PressAsync("Begin with an example");
        var other = await OpenAsync(hub, "changing");
        await other.ListsAsync("Ann");
        await one.ChooseAsync("Ann");
        await one.Page.GetByLabel("Name").FillAsync("An");
        await one.Page.GetByLabel("Lives in").SelectOptionAsync(new SelectOptionValue { Label = "Mill" });
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).FocusAsync();
        await other.ChooseAsync("Ann");
        await other.Page.GetByLabel("Tag").FillAsync("new");
        await other.Page.GetByLabel("Tag").PressAsync("Enter");
        await one.ListsAsync("#new");
        await Assertions.Expect(one.Page.GetByLabel("Name")).ToHaveValueAsync("An");
        await Assertions.Expect(one.Page.GetByLabel("Lives in").Locator("option:checked")).ToHaveTextAsync("Mill");
        await Assertions.Expect(one.Page.GetByRole(AriaRole.Button, new() { Name = "Rename" })).ToBeFocusedAsync();
        Assert.Empty(one.Errors.Concat(other.Errors));
    }

    /// <summary>Whoever loses the owner's tab loses nothing but what was under way, and the switch is no harm in two tabs at once.</summary>
    [Fact]
    public async Task The_switch_can_be_pressed_in_two_tabs_at_once()
    {
        var hub = await demo.StartHubAsync();
        var first = await OpenAsync(hub, "switched");
        await first.PressAsync("Add a person");
        await first.SaysAsync("everything is synced");
        var second = await OpenAsync(hub, "switched", first);
        await second.SaysAsync("everything is synced");
        await Task.WhenAll(first.SwitchAsync(), second.SwitchAsync());
        await first.SaysAsync("Offline");
        await second.SaysAsync("Offline");
        await second.SwitchAsync();
        await first.SaysAsync("everything is synced");
        await Assertions.Expect(first.Page.Locator("#problem")).ToBeHiddenAsync();
        await Assertions.Expect(second.Page.Locator("#problem")).ToBeHiddenAsync();
    }

    private static async Task TabToAsync(Window window, string name)
    {
        for (var pressed = 0; pressed < 60; pressed++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            if ((await window.Page.EvaluateAsync<string>("document.activeElement?.textContent ?? ''")).Trim() == name) return;
        }

        Assert.Fail($"'{name}' can't be reached by keyboard.");
    }

    private async Task<Window> OpenAsync(Uri hub, string replica, Window? beside = null)
    {
        var address = new Uri(hub, $"/?replica={replica}");
        if (beside is null) return await new Window(await site.OpenAsync(address)).ReadyAsync();
        var page = await beside.Page.Context.NewPageAsync();
        await page.GotoAsync(address.ToString());
        return await new Window(page).ReadyAsync();
    }
}
