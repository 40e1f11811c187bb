<?xml version="1.0" encoding="UTF-8"?>
<!-- One entry of the edition as typed JSON for the book: a closed set of node kinds, schema/print.schema.json.
     White space and characters that no book can hold are seen to afterwards, in pipeline/render/nodes.py. -->
<xsl:package name="urn:teipress:print.xsl" version="3.0" package-version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:p="urn:teipress:print"
  xmlns:f="urn:teipress:functions" xmlns:made="urn:teipress:made"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="core.xsl"/>

  <xsl:output method="json" encoding="UTF-8"/>

  <!-- Elements that stand in the text as blocks of their own, wherever they are. -->
  <xsl:variable name="blocks" as="xs:string*" select="tokenize('ab address argument back body bibl.block byline
    castGroup castItem castList cell closer dateline div div1 div2 div3 div4 div5 div6 div7 docAuthor docDate
    docEdition docImprint docTitle epigraph figure floatingText front group head item l lg list listBibl opener p
    postscript row salute signed sp speaker stage table text titlePage titlePart trailer')"/>

  <!-- Whether a node breaks the line of text: by its name, or because something inside it does. -->
  <xsl:function name="p:is-block" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$node instance of element() and (
      local-name($node) = $blocks
      or $node/self::milestone[@unit = 'section']
      or $node/self::graphic[not(parent::figure)]
      or $node/self::note[@made:kind = ('commentary', 'block')]
      or $node[not(self::note)]/*[p:is-block(.)])"/>
  </xsl:function>

  <!-- A node of this kind for this element, in the element's language where it has one of its own. -->
  <xsl:function name="p:node" as="map(*)">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="of" as="element()"/>
    <xsl:param name="more" as="map(*)"/>
    <xsl:sequence select="map:merge((map{'kind': $kind}, $more,
      if ($of/@xml:lang[normalize-space()]) then map{'lang': normalize-space($of/@xml:lang)} else ()))"/>
  </xsl:function>

  <!-- The content of an element as blocks: runs of text and inline elements become paragraphs. -->
  <xsl:function name="p:blocks" as="map(*)*">
    <xsl:param name="of" as="element()"/>
    <xsl:param name="paragraph" as="map(*)"/>
    <xsl:for-each-group select="$of/(* | text())" group-adjacent="p:is-block(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key()">
          <xsl:apply-templates select="current-group()" mode="print"/>
        </xsl:when>
        <xsl:when test="every $node in current-group() satisfies $node/self::text()[not(matches(., '[^ \t\r\n]'))]"/>
        <!-- Page breaks between blocks need no paragraph. -->
        <xsl:when test="every $node in current-group()
          satisfies ($node/self::pb or $node/self::text()[not(matches(., '[^ \t\r\n]'))])">
          <xsl:apply-templates select="current-group()/self::pb" mode="print-inline"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:variable name="content" as="map(*)*">
            <xsl:apply-templates select="current-group()" mode="print-inline"/>
          </xsl:variable>
          <xsl:sequence select="map:merge((map{'kind': 'paragraph', 'content': array{$content}}, $paragraph,
            if (position() gt 1) then map{'continued': true()} else ()), map{'duplicates': 'use-last'})"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="p:blocks" as="map(*)*">
    <xsl:param name="of" as="element()"/>
    <xsl:sequence select="p:blocks($of, map{})"/>
  </xsl:function>

  <!-- The content of an element as pieces of a line. -->
  <xsl:function name="p:line" as="map(*)*">
    <xsl:param name="of" as="element()"/>
    <xsl:apply-templates select="$of/(* | text())" mode="print-inline"/>
  </xsl:function>

  <!-- An element that no template knows is printed all the same, and told once for each name. -->
  <xsl:function name="p:unknown" as="map(*)">
    <xsl:param name="of" as="element()"/>
    <xsl:param name="more" as="map(*)"/>
    <xsl:if test="not($of/(preceding::* | ancestor::*)[node-name() = node-name($of)])">
      <xsl:sequence select="f:report-unhandled($of)"/>
    </xsl:if>
    <xsl:sequence select="p:node('unknown', $of, map:merge((map{'name': local-name($of)}, $more)))"/>
  </xsl:function>

  <xsl:template match="/" as="map(*)">
    <xsl:variable name="root" select="f:numbered(.)/*" as="element()"/>
    <xsl:variable name="texts" as="element()*" select="outermost($root//text)"/>
    <xsl:sequence select="p:node('entry', $root, map{
      'content': array{if ($texts) then $texts ! p:blocks(.) else p:as-block($root)}})"/>
  </xsl:template>

  <!-- ============ blocks ============ -->

  <!-- One side of an entry: its translation or its transcription. -->
  <xsl:template match="div[@type = 'entry']" mode="print" as="map(*)" priority="2">
    <xsl:sequence select="p:node('side', ., map{'side': string(@subtype), 'content': array{p:blocks(.)}})"/>
  </xsl:template>

  <!-- Parts within an entry. -->
  <xsl:template match="div | div1 | div2 | div3 | div4 | div5 | div6 | div7 | floatingText | postscript | epigraph
    | argument | titlePage" mode="print" as="map(*)">
    <xsl:sequence select="p:node('section', ., map{'content': array{p:blocks(.)}})"/>
  </xsl:template>

  <!-- Elements that only hold blocks leave no trace on the page. -->
  <xsl:template match="text | front | body | back | group | docTitle | castGroup" mode="print" as="map(*)*">
    <xsl:sequence select="if (@xml:lang) then p:node('section', ., map{'content': array{p:blocks(.)}}) else p:blocks(.)"/>
  </xsl:template>

  <xsl:template match="head" mode="print" as="map(*)*">
    <xsl:sequence select="if (*[p:is-block(.)]) then p:blocks(.)
      else p:node('head', ., map{
        'inner': exists(parent::list | parent::listBibl | parent::castList | parent::table | parent::figure | parent::lg),
        'content': array{p:line(.)}})"/>
  </xsl:template>

  <xsl:template match="p | ab" mode="print" as="map(*)*">
    <xsl:variable name="paragraph" select="map:merge((
      if (@n) then map{'n': string(@n)} else (),
      if (@xml:lang) then map{'lang': string(@xml:lang)} else ()))" as="map(*)"/>
    <xsl:sequence select="p:blocks(., $paragraph)"/>
  </xsl:template>

  <!-- The parts of a letter, each on a line of its own: dates and signatures to the right. -->
  <xsl:template match="opener | closer | salute | signed | dateline | byline | trailer | address | docAuthor | docDate
    | docEdition | docImprint | titlePart | stage | castItem" mode="print" as="map(*)*">
    <xsl:variable name="role" select="map{'role':
      if (self::dateline or self::signed) then 'right'
      else if (self::stage) then 'stage'
      else if (self::opener or self::closer or self::salute or self::trailer or self::address or self::castItem) then 'letter'
      else 'centre'}" as="map(*)"/>
    <xsl:sequence select="p:blocks(., $role)"/>
  </xsl:template>

  <!-- A speech: the speaker hangs in small capitals. -->
  <xsl:template match="sp" mode="print" as="map(*)">
    <xsl:variable name="content" as="map(*)*">
      <xsl:for-each select="* except speaker[1]">
        <xsl:sequence select="if (p:is-block(.)) then p:as-block(.)
          else if (self::pb) then p:as-inline(.)
          else map{'kind': 'paragraph', 'content': array{p:as-inline(.)}}"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="p:node('speech', ., map{
      'speaker': array{speaker[1] ! p:line(.)}, 'content': array{$content}})"/>
  </xsl:template>
  <xsl:template match="speaker" mode="print" as="map(*)">
    <xsl:sequence select="p:node('speech', ., map{'speaker': array{p:line(.)}, 'content': array{}})"/>
  </xsl:template>
  <xsl:function name="p:as-block" as="map(*)*">
    <xsl:param name="of" as="element()"/>
    <xsl:apply-templates select="$of" mode="print"/>
  </xsl:function>
  <xsl:function name="p:as-inline" as="map(*)*">
    <xsl:param name="of" as="node()"/>
    <xsl:apply-templates select="$of" mode="print-inline"/>
  </xsl:function>

  <!-- The editors' commentary: smaller, with a rule at its left. -->
  <xsl:template match="note[@made:kind = ('commentary', 'block')]" mode="print" priority="1" as="map(*)">
    <xsl:sequence select="p:node('commentary', ., map{'content': array{p:blocks(.)}})"/>
  </xsl:template>

  <xsl:template match="milestone" mode="print" as="map(*)">
    <xsl:sequence select="p:node('ornament', ., map{'text': string(@n)})"/>
  </xsl:template>

  <!-- Verse: a line to a line, stanzas apart. -->
  <xsl:template match="lg" mode="print" as="map(*)">
    <xsl:sequence select="p:node('verse', ., map{'content': array{p:blocks(.)}})"/>
  </xsl:template>
  <xsl:template match="l" mode="print" as="map(*)*">
    <xsl:sequence select="if (*[p:is-block(.)]) then p:blocks(.) else p:node('line', ., map{'content': array{p:line(.)}})"/>
  </xsl:template>

  <!-- A list; the label before an item hangs. -->
  <xsl:template match="list | listBibl | castList" mode="print" as="map(*)*">
    <xsl:variable name="items" as="map(*)*">
      <xsl:for-each select="*">
        <xsl:choose>
          <xsl:when test="self::label or self::headLabel"/>
          <xsl:when test="self::item or self::castItem or self::bibl or self::biblStruct or self::biblFull">
            <xsl:variable name="label" select="preceding-sibling::*[1][self::label]"/>
            <xsl:sequence select="p:node('item', ., map{
              'label': array{$label ! p:line(.)},
              'content': array{p:blocks(.)}})"/>
          </xsl:when>
          <xsl:when test="p:is-block(.)"><xsl:sequence select="p:as-block(.)"/></xsl:when>
          <xsl:when test="self::pb"><xsl:sequence select="p:as-inline(.)"/></xsl:when>
          <xsl:otherwise>
            <xsl:sequence select="map{'kind': 'paragraph', 'content': array{p:as-inline(.)}}"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="p:node('list', ., map{
      'ordered': @rend = ('numbered', 'ordered') or @type = ('ordered', 'numbered'), 'content': array{$items}})"/>
  </xsl:template>
  <xsl:template match="item" mode="print" as="map(*)">
    <xsl:sequence select="p:node('item', ., map{'label': array{}, 'content': array{p:blocks(.)}})"/>
  </xsl:template>

  <xsl:template match="table" mode="print" as="map(*)*">
    <xsl:variable name="rows" as="map(*)*">
      <xsl:apply-templates select="row" mode="print"/>
    </xsl:variable>
    <xsl:apply-templates select="* except row" mode="print"/>
    <xsl:sequence select="p:node('table', ., map{
      'columns': xs:integer(max((1, row ! sum(cell ! p:span(@cols))))), 'content': array{$rows}})"/>
  </xsl:template>
  <xsl:template match="row" mode="print" as="map(*)">
    <xsl:variable name="cells" as="map(*)*"><xsl:apply-templates select="cell" mode="print"/></xsl:variable>
    <xsl:sequence select="p:node('row', ., map{'header': @role = 'label', 'content': array{$cells}})"/>
  </xsl:template>
  <xsl:template match="cell" mode="print" as="map(*)">
    <xsl:sequence select="p:node('cell', ., map{
      'header': @role = 'label', 'columns': p:span(@cols), 'rows': p:span(@rows), 'content': array{p:blocks(.)}})"/>
  </xsl:template>
  <xsl:function name="p:span" as="xs:integer">
    <xsl:param name="attribute" as="attribute()?"/>
    <xsl:sequence select="if (matches($attribute, '^[1-9][0-9]?$')) then xs:integer($attribute) else 1"/>
  </xsl:function>

  <!-- An image with its caption; figDesc is what those hear who do not see it. -->
  <xsl:template match="figure | graphic" mode="print" as="map(*)">
    <xsl:sequence select="p:node('figure', ., map{
      'image': string((descendant-or-self::graphic/@url)[1]),
      'alt': normalize-space(string-join(figDesc)),
      'content': array{self::figure ! p:figure(.)}})"/>
  </xsl:template>
  <xsl:function name="p:figure" as="map(*)*">
    <xsl:param name="of" as="element(figure)"/>
    <xsl:for-each select="$of/(* except (graphic[1], figDesc))">
      <xsl:sequence select="if (p:is-block(.)) then p:as-block(.)
        else map{'kind': 'paragraph', 'content': array{p:as-inline(.)}}"/>
    </xsl:for-each>
  </xsl:function>

  <!-- A quotation of several paragraphs or verses is set in. -->
  <xsl:template match="q | quote | said | cit" mode="print" as="map(*)">
    <xsl:sequence select="p:node('quotation', ., map{'content': array{p:blocks(.)}})"/>
  </xsl:template>

  <!-- Inline elements that hold blocks: the blocks are printed, in order. -->
  <xsl:template match="add | del | subst | choice | abbr | expan | sic | corr | orig | reg | seg | hi | emph | foreign
    | supplied | unclear | note | ref | name | persName | placeName | rs | title | bibl | label | date | mod | damage
    | restore | surplus | app | lem | rdg | desc | figDesc | s | gloss | term | mentioned | cl | phr" mode="print"
    as="map(*)*">
    <xsl:sequence select="p:blocks(.)"/>
  </xsl:template>

  <xsl:template match="*" mode="print" as="map(*)" priority="-1">
    <xsl:sequence select="p:unknown(., map{'block': true(), 'content': array{p:blocks(.)}})"/>
  </xsl:template>

  <!-- ============ inline ============ -->

  <xsl:template match="text()" mode="print-inline" as="map(*)">
    <xsl:sequence select="map{'kind': 'text', 'text': string()}"/>
  </xsl:template>

  <!-- A foot note, with the number that every output gives it. -->
  <xsl:template match="note" mode="print-inline" as="map(*)">
    <xsl:sequence select="p:node('note', ., map{'number': string(@made:n), 'content': array{p:blocks(.)}})"/>
  </xsl:template>

  <!-- The editors' words in the middle of a sentence. -->
  <xsl:template match="note[@made:kind = 'inline']" mode="print-inline" as="map(*)">
    <xsl:sequence select="p:node('span', ., map{'content': array{p:line(.)}})"/>
  </xsl:template>

  <!-- A page of the printed edition begins: a thin mark in the line, its number in the margin. -->
  <xsl:template match="pb" mode="print-inline" as="map(*)">
    <xsl:sequence select="p:node('page', ., map{
      'n': string(@made:n), 'joins': @break = ('no', 'maybe'), 'sure': not(@cert = 'low')})"/>
  </xsl:template>

  <!-- A line of the source ends; inside a word, or where a hyphen stands before it, that is not shown. -->
  <xsl:template match="lb" mode="print-inline" as="map(*)?">
    <xsl:sequence select="if (@break = ('no', 'maybe')) then () else map{'kind': 'break'}"/>
  </xsl:template>

  <!-- Points in the text that show nothing by themselves. -->
  <xsl:template match="anchor | cb | gb | handShift | index | milestone | delSpan | addSpan | damageSpan | noteGrp[not(node())]
    | ptr[not(@target)] | interp | interpGrp | spanGrp | listAnnotation | certainty | precision | respons"
    mode="print-inline" as="map(*)*">
    <xsl:sequence select="if (normalize-space()) then p:line(.) else ()"/>
  </xsl:template>

  <xsl:template match="hi | emph" mode="print-inline" as="map(*)">
    <xsl:variable name="look" select="f:rend(.)"/>
    <xsl:sequence select="p:node('emphasis', ., map{
      'style': if ('sup' = $look) then 'superscript'
        else if ('sub' = $look) then 'subscript'
        else if ('smallcaps' = $look) then 'small-caps'
        else if ($look = ('bold', 'underline', 'strike', 'spaced', 'italic')) then $look[. = ('bold', 'underline', 'strike', 'spaced', 'italic')][1]
        else if (@rend or @rendition or @style) then 'plain'
        else 'italic',
      'content': array{p:line(.)}})"/>
  </xsl:template>

  <!-- Titles of books and journals in italics; of articles, as they are. -->
  <xsl:template match="title" mode="print-inline" as="map(*)">
    <xsl:sequence select="p:node('emphasis', ., map{'style':
      if (@level = ('a', 'u')) then 'plain' else 'italic', 'content': array{p:line(.)}})"/>
  </xsl:template>

  <xsl:template match="name | persName | placeName | orgName | geogName | rs | forename | surname | roleName | addName
    | nameLink | genName | settlement | country | region | district" mode="print-inline" as="map(*)">
    <xsl:sequence select="p:node('name', ., map{'content': array{p:line(.)}})"/>
  </xsl:template>

  <xsl:template match="supplied" mode="print-inline" as="map(*)">
    <xsl:sequence select="p:node('supplied', ., map{'content': array{p:line(.)}})"/>
  </xsl:template>

  <xsl:template match="q | quote | said | soCalled | cit" mode="print-inline" as="map(*)">
    <xsl:sequence select="p:node('quote', ., map{'content': array{p:line(.)}})"/>
  </xsl:template>

  <!-- Words of another language, in italics unless their script has none. -->
  <xsl:template match="foreign | mentioned | term | gloss | distinct" mode="print-inline" as="map(*)">
    <xsl:sequence select="p:node('foreign', ., map{'content': array{p:line(.)}})"/>
  </xsl:template>

  <!-- A reference: a link where its target is on the web or in this book. A pointer shows where it points. -->
  <xsl:template match="ref | ptr" mode="print-inline" as="map(*)">
    <xsl:sequence select="p:node('reference', ., map{'target': string(@target), 'content':
      array{if (self::ptr) then map{'kind': 'text', 'text': string(@target)} else p:line(.)}})"/>
  </xsl:template>

  <!-- A deletion in angle brackets, an addition between half brackets, what is hard to read underdotted. -->
  <xsl:template match="del | add | unclear | gap | space" mode="print-inline" as="map(*)">
    <xsl:sequence select="p:node(if (self::del) then 'deletion' else if (self::add) then 'addition'
      else if (self::unclear) then 'unclear' else 'gap',
      ., map{'content': array{p:line(.)}})"/>
  </xsl:template>

  <!-- Two readings of one place: what stands in the source, then the editors' in brackets. -->
  <xsl:template match="choice | app" mode="print-inline" as="map(*)">
    <xsl:variable name="first" select="(abbr, sic, orig, lem, *)[1]"/>
    <xsl:sequence select="p:node('choice', ., map{
      'content': array{$first ! p:as-inline(.)},
      'other': array{(* except $first) ! map{'kind': 'reading', 'content': array{p:as-inline(.)}}}})"/>
  </xsl:template>

  <!-- Elements whose text is part of the line and looks like it. -->
  <xsl:template match="abbr | expan | ex | am | sic | corr | orig | reg | subst | seg | date | time | num | measure
    | bibl | author | editor | publisher | pubPlace | biblScope | citedRange | idno | series | edition | extent | s | w
    | pc | c | m | g | phr | cl | label | lem | rdg | mod | damage | restore | surplus | desc | affiliation | email
    | addrLine | street | postCode | postBox | unit | quantity | bloc | rendition | respStmt | resp | repository
    | actor | role | roleDesc | edition | gi | att | val | code | ident | figDesc | speaker | salute | signed
    | listPerson | div | p | text" mode="print-inline" as="map(*)*" priority="0">
    <xsl:sequence select="if (@xml:lang) then p:node('span', ., map{'content': array{p:line(.)}}) else p:line(.)"/>
  </xsl:template>

  <xsl:template match="*" mode="print-inline" as="map(*)" priority="-1">
    <xsl:sequence select="p:unknown(., map{'block': false(), 'content': array{p:line(.)}})"/>
  </xsl:template>
</xsl:package>
