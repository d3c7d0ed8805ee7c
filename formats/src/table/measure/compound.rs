//! The container of old workbooks (MS-CFB): one stream out of it, and one stream into a plain one.
//!
//! The reader of workbooks follows the sectors of a container wherever they lead, round in circles too, and makes
//! room for as many as are claimed. So it is handed a container that was made here.

use super::TableError;

const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const FAT_SECTOR: u32 = 0xFFFF_FFFD;
const FREE: u32 = 0xFFFF_FFFF;
/// Sector numbers from here on mean something else.
const RESERVED: u32 = 0xFFFF_FFFA;
/// Shorter streams lie in sectors of their own size.
const MINI_BELOW: usize = 4_096;
const MINI_SECTOR: usize = 64;
const ENTRY: usize = 128;
/// Sectors of a container that is made here: so large that the header names all of its tables.
const SECTOR: usize = 4_096;
/// Tables that the header names.
const HEADER_TABLES: usize = 109;

/// The stream of the first of these names.
///
/// # Errors
/// [`TableError::Damaged`] if there is none, or its sectors lead out of the file or in circles.
pub(super) fn stream(bytes: &[u8], names: &[&str]) -> Result<Vec<u8>, TableError> {
    let file = Container::read(bytes)?;
    let directory = file.chain(file.number(48)?, usize::MAX)?;
    let entries: Vec<Entry> = directory.chunks_exact(ENTRY).filter_map(|entry| file.entry(entry)).collect();
    let root = entries.first().ok_or_else(|| damaged("it has no directory"))?;
    let found =
        names.iter().find_map(|name| entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)));
    let found = found.ok_or_else(|| damaged("it holds no workbook"))?;
    if found.size >= MINI_BELOW {
        return file.chain(found.start, found.size);
    }
    let sectors = file.chain(root.start, root.size)?;
    let table = numbers(&file.chain(file.number(60)?, usize::MAX)?);
    follow(&sectors, MINI_SECTOR, &table, found.start, found.size)
}

/// A container with one stream, called `Workbook`.
pub(super) fn wrapped(stream: &[u8]) -> Vec<u8> {
    let size = stream.len().max(MINI_BELOW);
    let of_stream = size.div_ceil(SECTOR);
    // A table has room for a thousand sectors, itself among them.
    let tables = (of_stream + 1).div_ceil(SECTOR / 4 - 1).min(HEADER_TABLES);
    let mut bytes = vec![0; SECTOR * (1 + tables + 1 + of_stream)];
    let put =
        |bytes: &mut Vec<u8>, at: usize, value: u32| bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    bytes[..MAGIC.len()].copy_from_slice(MAGIC);
    // Versions, byte order, and the sizes of both kinds of sectors.
    bytes[24..34].copy_from_slice(&[0x3E, 0, 4, 0, 0xFE, 0xFF, 12, 0, 6, 0]);
    let directory = tables as u32;
    for (at, value) in [(44, tables as u32), (48, directory), (56, MINI_BELOW as u32), (60, END_OF_CHAIN)] {
        put(&mut bytes, at, value);
    }
    put(&mut bytes, 68, END_OF_CHAIN);
    for table in 0..HEADER_TABLES {
        put(&mut bytes, 76 + 4 * table, if table < tables { table as u32 } else { FREE });
    }
    for entry in 0..tables * SECTOR / 4 {
        let value = match entry {
            _ if entry < tables => FAT_SECTOR,
            _ if entry == tables || entry == tables + of_stream => END_OF_CHAIN,
            _ if entry < tables + of_stream => entry as u32 + 1,
            _ => FREE,
        };
        put(&mut bytes, SECTOR + 4 * entry, value);
    }
    let at = SECTOR * (1 + tables);
    for (at, name, kind, start, size) in
        [(at, "Root Entry", 5, 0, 0), (at + ENTRY, "Workbook", 2, directory + 1, size as u32)]
    {
        for (letter, unit) in name.encode_utf16().enumerate() {
            bytes[at + 2 * letter..at + 2 * letter + 2].copy_from_slice(&unit.to_le_bytes());
        }
        bytes[at + 64] = 2 * (name.len() as u8 + 1);
        bytes[at + 66] = kind;
        put(&mut bytes, at + 116, start);
        put(&mut bytes, at + 120, size);
    }
    let at = SECTOR * (1 + tables + 1);
    bytes[at..at + stream.len()].copy_from_slice(stream);
    bytes
}

struct Container<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// After each sector the next one.
    table: Vec<u32>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

impl<'b> Container<'b> {
    fn read(bytes: &'b [u8]) -> Result<Self, TableError> {
        let mut file = Self { bytes, sector: 512, table: Vec::new() };
        if !bytes.starts_with(MAGIC) || bytes.len() < 512 {
            return Err(damaged("it is cut off"));
        }
        file.sector = match bytes[30] {
            9 => 512,
            12 => SECTOR,
            _ => return Err(damaged("its sectors have no known size")),
        };
        let sectors = bytes.len() / file.sector;
        let mut tables: Vec<u32> = (0..HEADER_TABLES).map_while(|at| file.number(76 + 4 * at).ok()).collect();
        let mut next = file.number(68)?;
        let mut read = 0;
        while next < RESERVED {
            tables.extend(numbers(part(bytes, file.sector, next, 1)?));
            next = tables.pop().unwrap_or(FREE);
            read += 1;
            if read > sectors {
                return Err(damaged("its sectors lead in circles"));
            }
        }
        tables.retain(|table| *table < RESERVED);
        if tables.len() > sectors {
            return Err(damaged("it has more tables than sectors"));
        }
        for table in tables {
            file.table.extend(numbers(part(bytes, file.sector, table, 1)?));
        }
        Ok(file)
    }

    fn number(&self, at: usize) -> Result<u32, TableError> {
        let four = self.bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
        four.map(u32::from_le_bytes).ok_or_else(|| damaged("it is cut off"))
    }

    fn entry(&self, bytes: &[u8]) -> Option<Entry> {
        let units: Vec<u16> =
            bytes[..64].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        let name = String::from_utf16_lossy(units.split(|unit| *unit == 0).next()?);
        let start = u32::from_le_bytes(bytes[116..120].try_into().ok()?);
        let size = u64::from_le_bytes(bytes[120..128].try_into().ok()?);
        // With small sectors the upper half means nothing.
        let size = if self.sector == SECTOR { size } else { size & u64::from(u32::MAX) };
        Some(Entry { name, start, size: usize::try_from(size).unwrap_or(usize::MAX) })
    }

    fn chain(&self, start: u32, size: usize) -> Result<Vec<u8>, TableError> {
        // The header stands before the first sector and is as large as one.
        let sectors = self.bytes.get(self.sector..).unwrap_or_default();
        follow(sectors, self.sector, &self.table, start, size)
    }
}

/// The bytes of a chain of sectors, up to a size.
fn follow(
    bytes: &[u8],
    sector: usize,
    table: &[u32],
    start: u32,
    size: usize,
) -> Result<Vec<u8>, TableError> {
    let (mut found, mut next, mut left) = (Vec::new(), start, bytes.len().div_ceil(sector));
    while next != END_OF_CHAIN && found.len() < size {
        left = left.checked_sub(1).ok_or_else(|| damaged("its sectors lead in circles"))?;
        let read = part(bytes, sector, next, 0)?;
        found.extend_from_slice(&read[..read.len().min(size - found.len())]);
        next = match table.get(next as usize) {
            Some(next) => *next,
            None if found.len() >= size => break,
            None => return Err(damaged("its sectors lead out of it")),
        };
    }
    Ok(found)
}

/// A sector; the last one may be cut off. So many sectors stand before the first.
fn part(bytes: &[u8], sector: usize, number: u32, before: usize) -> Result<&[u8], TableError> {
    let at = (number as usize).checked_add(before).and_then(|number| number.checked_mul(sector));
    let rest = at.and_then(|at| bytes.get(at..)).filter(|rest| !rest.is_empty());
    let rest = rest.ok_or_else(|| damaged("its sectors lead out of it"))?;
    Ok(&rest[..rest.len().min(sector)])
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

fn damaged(reason: &str) -> TableError {
    TableError::Damaged { reason: reason.to_owned() }
}
